// Speaks with ours in the words of GitHub's own client of scale sets: step by step as it is told
// on its input, or with GitHub's own listener until it is told to stop.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/actions/scaleset"
	"github.com/actions/scaleset/listener"
)

func main() {
	if len(os.Args) != 4 || (os.Args[1] != "steps" && os.Args[1] != "listen") {
		fail(errors.New("usage: scaleset-peer steps|listen PAGE SET (token on the first line of input)"))
	}
	input := bufio.NewScanner(os.Stdin)
	input.Scan()
	client, err := scaleset.NewClientWithPersonalAccessToken(
		scaleset.NewClientWithPersonalAccessTokenConfig{
			GitHubConfigURL:     os.Args[2],
			PersonalAccessToken: input.Text(),
			SystemInfo:          scaleset.SystemInfo{System: "peer", Subsystem: os.Args[1]},
		},
		scaleset.WithRetryMax(1), scaleset.WithRetryWaitMax(time.Millisecond))
	fail(err)
	peer := &peer{client: client, name: os.Args[3]}
	if os.Args[1] == "listen" {
		fail(peer.listen(input))
		return
	}
	for input.Scan() {
		words := strings.Fields(input.Text())
		answer, err := peer.step(context.Background(), words)
		if err != nil {
			fmt.Println("error:", strings.ReplaceAll(err.Error(), "\n", " "))
			continue
		}
		say(answer)
	}
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func say(answer any) {
	line, err := json.Marshal(answer)
	fail(err)
	fmt.Println(string(line))
}

type peer struct {
	client  *scaleset.Client
	session *scaleset.MessageSessionClient
	name    string
	set     int
	runners int
}

// step does one thing and says what the client made of the answer.
func (p *peer) step(ctx context.Context, words []string) (any, error) {
	number := 0
	if len(words) > 1 {
		number, _ = strconv.Atoi(words[1])
	}
	switch words[0] {
	case "group":
		return p.client.GetRunnerGroupByName(ctx, words[1])
	case "find":
		return p.client.GetRunnerScaleSet(ctx, 1, p.name)
	case "make":
		set, err := p.client.CreateRunnerScaleSet(ctx, &scaleset.RunnerScaleSet{
			Name: p.name, RunnerGroupID: 1, RunnerSetting: scaleset.RunnerSetting{DisableUpdate: true}})
		if err == nil {
			p.set = set.ID
		}
		return set, err
	case "show":
		return p.client.GetRunnerScaleSetByID(ctx, p.set)
	case "drop":
		return "dropped", p.client.DeleteRunnerScaleSet(ctx, p.set)
	case "open":
		session, err := p.client.MessageSessionClient(ctx, p.set, "peer")
		if err != nil {
			return nil, err
		}
		p.session = session
		return session.Session(), nil
	case "close":
		return "closed", p.session.Close(ctx)
	case "message":
		return p.session.GetMessage(ctx, number, 10)
	case "delete":
		return "deleted", p.session.DeleteMessage(ctx, number)
	case "acquire":
		return p.session.AcquireJobs(ctx, []int64{int64(number)})
	case "jit":
		return p.client.GenerateJitRunnerConfig(ctx, &scaleset.RunnerScaleSetJitRunnerSetting{Name: words[1]}, p.set)
	case "runner":
		return p.client.GetRunnerByName(ctx, words[1])
	case "remove":
		return "removed", p.client.RemoveRunner(ctx, int64(number))
	}
	return nil, fmt.Errorf("no such step: %s", words[0])
}

// listen makes the set and hands it to the client's own listener, until the input ends.
func (p *peer) listen(input *bufio.Scanner) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	if _, err := p.step(ctx, []string{"make"}); err != nil {
		return err
	}
	if _, err := p.step(ctx, []string{"open"}); err != nil {
		return err
	}
	heard, err := listener.New(p.session, listener.Config{ScaleSetID: p.set, MaxRunners: 10})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	go func() {
		for input.Scan() {
		}
		stop()
	}()
	if err := heard.Run(ctx, p); !errors.Is(err, context.Canceled) {
		return err
	}
	return p.session.Close(context.Background())
}

// HandleDesiredRunnerCount makes the runners that are missing, each good for one job.
func (p *peer) HandleDesiredRunnerCount(ctx context.Context, count int) (int, error) {
	for p.runners < count {
		p.runners++
		name := fmt.Sprintf("peer-%d-%d", p.set, time.Now().UnixNano())
		jit, err := p.client.GenerateJitRunnerConfig(ctx, &scaleset.RunnerScaleSetJitRunnerSetting{Name: name}, p.set)
		if err != nil {
			return 0, err
		}
		fmt.Println("runner", jit.EncodedJITConfig)
	}
	return p.runners, nil
}

func (p *peer) HandleJobStarted(_ context.Context, job *scaleset.JobStarted) error {
	fmt.Println("started", job.OwnerName+"/"+job.RepositoryName, job.WorkflowRunID)
	return nil
}

func (p *peer) HandleJobCompleted(_ context.Context, job *scaleset.JobCompleted) error {
	p.runners--
	fmt.Println("completed", job.Result, job.WorkflowRunID)
	return nil
}
