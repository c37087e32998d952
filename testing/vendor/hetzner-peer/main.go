// Reads calls and answers in the words of Hetzner's own types of 2026, and says what those do not have.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"

	"github.com/hetznercloud/hcloud-go/v2/hcloud/schema"
)

// observed is one call and its answer, on a line of its own.
type observed struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Body   string `json:"body"`
	Status int    `json:"status"`
	Answer string `json:"answer"`
}

type kind struct {
	call   func() any
	answer func() any
}

func nothing() any { return &struct{}{} }

func of[T any]() func() any { return func() any { return new(T) } }

var number = regexp.MustCompile(`/[0-9]+(/|$)`)

var kinds = map[string]kind{
	"GET /servers":                       {nothing, of[schema.ServerListResponse]()},
	"GET /servers/{id}":                  {nothing, of[schema.ServerGetResponse]()},
	"POST /servers":                      {of[schema.ServerCreateRequest](), of[schema.ServerCreateResponse]()},
	"PUT /servers/{id}":                  {of[schema.ServerUpdateRequest](), of[schema.ServerUpdateResponse]()},
	"DELETE /servers/{id}":               {nothing, of[schema.ServerDeleteResponse]()},
	"POST /servers/{id}/actions/rebuild": {of[schema.ServerActionRebuildRequest](), of[schema.ServerActionRebuildResponse]()},
	"GET /servers/{id}/actions":          {nothing, of[schema.ActionListResponse]()},
	"GET /server_types":                  {nothing, of[schema.ServerTypeListResponse]()},
	"GET /images":                        {nothing, of[schema.ImageListResponse]()},
	"GET /images/{id}":                   {nothing, of[schema.ImageGetResponse]()},
	"GET /locations":                     {nothing, of[schema.LocationListResponse]()},
	"GET /networks/{id}":                 {nothing, of[schema.NetworkGetResponse]()},
	"GET /firewalls/{id}":                {nothing, of[schema.FirewallGetResponse]()},
	"GET /pricing":                       {nothing, of[schema.PricingGetResponse]()},
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var one observed
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		look(one)
	}
}

func look(one observed) {
	name := one.Method + " " + number.ReplaceAllString(one.Path, "/{id}$1")
	known, ok := kinds[name]
	if !ok {
		fmt.Printf("%s: nobody knows it\n", name)
		return
	}
	if one.Body != "" {
		compare(name+" (call)", one.Body, known.call())
	}
	if one.Status >= 400 {
		compare(name+" (refusal)", one.Answer, new(schema.ErrorResponse))
	} else if one.Answer != "" {
		compare(name+" (answer)", withoutMeta(name, one.Answer), known.answer())
	}
}

// withoutMeta looks at what lists say of their pages, which the types have apart, and takes it out.
func withoutMeta(name, text string) string {
	var parts map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &parts) != nil || parts["meta"] == nil {
		return text
	}
	compare(name+" (pages)", string(parts["meta"]), new(schema.Meta))
	delete(parts, "meta")
	rest, _ := json.Marshal(parts)
	return string(rest)
}

// compare decodes strictly: what the type does not have is an error.
func compare(what, text string, into any) {
	decoder := json.NewDecoder(bytes.NewBufferString(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		fmt.Printf("%s: %v\n", what, err)
	}
}
