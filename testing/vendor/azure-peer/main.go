// Uses an Azure by Microsoft's own client: ADDRESS CERTIFICATE list|create|delete WORDS...
// With the word "read" alone it reads calls and answers in the words of that client's types, and says what those do
// not have.
package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/compute/armcompute/v7"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"
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
	path   *regexp.Regexp
	call   func() any
	answer func() any
}

func nothing() any { return &struct{}{} }

func of[T any]() func() any { return func() any { return new(T) } }

func at(form string) *regexp.Regexp { return regexp.MustCompile("(?i)^[A-Z]+ " + form + "$") }

const group = "/subscriptions/[^/]+/resourceGroups/[^/]+"
const compute = "/providers/Microsoft.Compute/"
const all = "/subscriptions/[^/]+" + compute
const versions = all + "locations/[^/]+/publishers/[^/]+/artifacttypes/vmimage/offers/[^/]+/skus/[^/]+/versions"

var kinds = []kind{
	{at(group + compute + "virtualMachines/[^/]+"), of[armcompute.VirtualMachine](), of[armcompute.VirtualMachine]()},
	{at(group + compute + "virtualMachines"), nothing, of[armcompute.VirtualMachineListResult]()},
	{at(all + "virtualMachines"), nothing, of[armcompute.VirtualMachineListResult]()},
	{at(all + "locations/[^/]+/usages"), nothing, of[armcompute.ListUsagesResult]()},
	{at(all + "skus"), nothing, of[armcompute.ResourceSKUsResult]()},
	{at(versions), nothing, of[[]*armcompute.VirtualMachineImageResource]()},
	{at(versions + "/[^/]+"), nothing, of[armcompute.VirtualMachineImage]()},
	{at(all + "locations/[^/]+/operations/[^/]+"), nothing, of[operation]()},
	{at(group), nothing, of[armresources.ResourceGroup]()},
	{at(group + "/resources"), nothing, of[armresources.ResourceListResult]()},
	{at(".*/providers/Microsoft.Authorization/permissions"), nothing, of[permissions]()},
	{at(group + compute + "galleries/[^/]+/images/[^/]+"), nothing, of[armcompute.GalleryImage]()},
	{at(group + "/providers/.+"), nothing, of[armresources.GenericResource]()},
}

// operation is described in words only: how far something is that was begun.
type operation struct {
	Name      *string              `json:"name,omitempty"`
	Status    *string              `json:"status,omitempty"`
	StartTime *time.Time           `json:"startTime,omitempty"`
	EndTime   *time.Time           `json:"endTime,omitempty"`
	Error     *armcompute.APIError `json:"error,omitempty"`
}

// permissions are of a client of their own, for which one type is not worth a module.
type permissions struct {
	Value []struct {
		Actions    []*string `json:"actions"`
		NotActions []*string `json:"notActions"`
	} `json:"value,omitempty"`
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "read" {
		read()
		return
	}
	use(os.Args[1], os.Args[2], os.Args[3], os.Args[4:])
}

func read() {
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
	name := one.Method + " " + one.Path
	for _, known := range kinds {
		if !known.path.MatchString(name) {
			continue
		}
		if one.Body != "" {
			compare(name+" (call)", one.Body, known.call())
		}
		if one.Status >= 400 {
			compare(name+" (refusal)", one.Answer, &struct {
				Error *armcompute.APIError `json:"error,omitempty"`
			}{})
		} else if one.Answer != "" {
			compare(name+" (answer)", one.Answer, known.answer())
		}
		return
	}
	fmt.Printf("%s: nobody knows it\n", name)
}

// compare reads into a type, writes that again and says what was lost: those types leave out what they do not know.
func compare(what, text string, into any) {
	if err := json.Unmarshal([]byte(text), into); err != nil {
		fmt.Printf("%s: %v\n", what, err)
		return
	}
	again, err := json.Marshal(into)
	if err != nil {
		fmt.Printf("%s: %v\n", what, err)
		return
	}
	var before, after any
	_ = json.Unmarshal([]byte(text), &before)
	_ = json.Unmarshal(again, &after)
	missing(what, "", before, after)
	words(what, reflect.ValueOf(into))
}

func missing(what, path string, before, after any) {
	switch wanted := before.(type) {
	case map[string]any:
		there, _ := after.(map[string]any)
		for name, value := range wanted {
			if value == nil {
				continue
			}
			if found, ok := there[name]; ok {
				missing(what, path+"/"+name, value, found)
			} else {
				fmt.Printf("%s: nobody knows %s/%s\n", what, path, name)
			}
		}
	case []any:
		there, _ := after.([]any)
		if len(there) != len(wanted) {
			fmt.Printf("%s: %s is no list\n", what, path)
			return
		}
		for i, value := range wanted {
			missing(what, fmt.Sprintf("%s/%d", path, i), value, there[i])
		}
	}
}

// words says which values are none of those an enumeration has.
func words(what string, value reflect.Value) {
	switch value.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !value.IsNil() {
			words(what, value.Elem())
		}
	case reflect.Struct:
		for i := range value.NumField() {
			if value.Type().Field(i).IsExported() {
				words(what, value.Field(i))
			}
		}
	case reflect.Slice:
		for i := range value.Len() {
			words(what, value.Index(i))
		}
	case reflect.String:
		if known, ok := enumerations[value.Type()]; ok && !known[value.String()] {
			fmt.Printf("%s: '%s' is no %s\n", what, value.String(), value.Type().Name())
		}
	}
}

var enumerations = map[reflect.Type]map[string]bool{}

func enumerate[T ~string](values []T) bool {
	known := map[string]bool{}
	for _, one := range values {
		known[string(one)] = true
	}
	enumerations[reflect.TypeFor[T]()] = known
	return true
}

var _ = []bool{
	enumerate(armcompute.PossibleDeleteOptionsValues()),
	enumerate(armcompute.PossibleDiskDeleteOptionTypesValues()),
	enumerate(armcompute.PossibleDiskCreateOptionTypesValues()),
	enumerate(armcompute.PossibleIPVersionsValues()),
	enumerate(armcompute.PossibleNetworkAPIVersionValues()),
	enumerate(armcompute.PossibleOperatingSystemTypesValues()),
	enumerate(armcompute.PossiblePublicIPAddressSKUNameValues()),
	enumerate(armcompute.PossiblePublicIPAllocationMethodValues()),
	enumerate(armcompute.PossibleResourceIdentityTypeValues()),
	enumerate(armcompute.PossibleResourceSKURestrictionsReasonCodeValues()),
	enumerate(armcompute.PossibleResourceSKURestrictionsTypeValues()),
	enumerate(armcompute.PossibleSecurityTypesValues()),
	enumerate(armcompute.PossibleStatusLevelTypesValues()),
	enumerate(armcompute.PossibleStorageAccountTypesValues()),
	enumerate(armcompute.PossibleVirtualMachineEvictionPolicyTypesValues()),
	enumerate(armcompute.PossibleVirtualMachinePriorityTypesValues()),
}

// anybody shows a token of the test's.
type anybody struct{ token string }

func (one anybody) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return azcore.AccessToken{Token: one.token, ExpiresOn: time.Now().Add(time.Hour)}, nil
}

func use(address, certificate, verb string, given []string) {
	pem, err := os.ReadFile(certificate)
	stop(err)
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	options := &arm.ClientOptions{ClientOptions: policy.ClientOptions{
		Cloud: cloud.Configuration{Services: map[cloud.ServiceName]cloud.ServiceConfiguration{
			cloud.ResourceManager: {Endpoint: address, Audience: "https://management.azure.com"},
		}},
		Transport: &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}},
	}, DisableRPRegistration: true}
	client, err := armcompute.NewVirtualMachinesClient(given[0], anybody{given[2]}, options)
	stop(err)
	act(client, verb, given[1], given[3:])
}

func act(client *armcompute.VirtualMachinesClient, verb, group string, given []string) {
	ctx := context.Background()
	often := &runtime.PollUntilDoneOptions{Frequency: time.Second}
	switch verb {
	case "list":
		pages := client.NewListPager(group, nil)
		for pages.More() {
			page, err := pages.NextPage(ctx)
			stop(err)
			for _, one := range page.Value {
				fmt.Println(*one.Name, *one.Location, *one.Properties.ProvisioningState)
			}
		}
	case "create":
		poller, err := client.BeginCreateOrUpdate(ctx, group, given[0], machine(given[0], given[1], given[2]), nil)
		stop(err)
		made, err := poller.PollUntilDone(ctx, often)
		stop(err)
		fmt.Println(*made.Name, *made.Properties.ProvisioningState)
	case "delete":
		poller, err := client.BeginDelete(ctx, group, given[0], &armcompute.VirtualMachinesClientBeginDeleteOptions{ForceDeletion: to.Ptr(true)})
		stop(err)
		_, err = poller.PollUntilDone(ctx, often)
		stop(err)
		fmt.Println("gone")
	default:
		stop(fmt.Errorf("not a verb: %s", verb))
	}
}

// machine is as little as Azure takes.
func machine(name, subnet, controller string) armcompute.VirtualMachine {
	tags := map[string]*string{"nimbus-controller": &controller, "nimbus-machine": &name}
	return armcompute.VirtualMachine{
		Location: to.Ptr("westeurope"),
		Tags:     tags,
		Properties: &armcompute.VirtualMachineProperties{
			HardwareProfile: &armcompute.HardwareProfile{VMSize: to.Ptr(armcompute.VirtualMachineSizeTypes("Standard_D2s_v5"))},
			StorageProfile: &armcompute.StorageProfile{
				ImageReference: &armcompute.ImageReference{
					Publisher: to.Ptr("Canonical"), Offer: to.Ptr("ubuntu-24_04-lts"), SKU: to.Ptr("server"), Version: to.Ptr("latest"),
				},
			},
			OSProfile: &armcompute.OSProfile{
				ComputerName: &name, AdminUsername: to.Ptr("someone"),
				LinuxConfiguration: &armcompute.LinuxConfiguration{SSH: &armcompute.SSHConfiguration{
					PublicKeys: []*armcompute.SSHPublicKey{{KeyData: to.Ptr("ssh-rsa AAAA"), Path: to.Ptr("/home/someone/.ssh/authorized_keys")}},
				}},
			},
			NetworkProfile: &armcompute.NetworkProfile{
				NetworkAPIVersion: to.Ptr(armcompute.NetworkAPIVersionTwoThousandTwentyTwo1101),
				NetworkInterfaceConfigurations: []*armcompute.VirtualMachineNetworkInterfaceConfiguration{{
					Name: to.Ptr(name + "-nic"),
					Tags: tags,
					Properties: &armcompute.VirtualMachineNetworkInterfaceConfigurationProperties{
						IPConfigurations: []*armcompute.VirtualMachineNetworkInterfaceIPConfiguration{{
							Name: to.Ptr("main"),
							Properties: &armcompute.VirtualMachineNetworkInterfaceIPConfigurationProperties{
								Subnet: &armcompute.SubResource{ID: &subnet},
							},
						}},
					},
				}},
			},
		},
	}
}

func stop(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
