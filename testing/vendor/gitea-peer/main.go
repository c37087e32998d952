// Speaks with ours in the words of Gitea's own packages: as a runner, as a client of the
// programs' interface, and as the server runners register at.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"

	runnerv1 "code.gitea.io/actions-proto-go/runner/v1"
	"code.gitea.io/actions-proto-go/runner/v1/runnerv1connect"
	"code.gitea.io/sdk/gitea"
	"connectrpc.com/connect"
	"google.golang.org/protobuf/types/known/timestamppb"
)

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("usage: gitea-peer run FILE | list URL TOKEN ORG | serve"))
	}
	switch os.Args[1] {
	case "run":
		fail(run(os.Args[2]))
	case "list":
		fail(list(os.Args[2], os.Args[3], os.Args[4]))
	case "serve":
		fail(serve())
	}
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// What the runner's program keeps of its registration.
type registration struct {
	UUID    string   `json:"uuid"`
	Token   string   `json:"token"`
	Address string   `json:"address"`
	Labels  []string `json:"labels"`
}

// run takes one job, says one line in its log and ends it well.
func run(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var known registration
	if err := json.Unmarshal(text, &known); err != nil {
		return err
	}
	identify := connect.UnaryInterceptorFunc(func(next connect.UnaryFunc) connect.UnaryFunc {
		return func(ctx context.Context, request connect.AnyRequest) (connect.AnyResponse, error) {
			request.Header().Set("x-runner-uuid", known.UUID)
			request.Header().Set("x-runner-token", known.Token)
			return next(ctx, request)
		}
	})
	client := runnerv1connect.NewRunnerServiceClient(
		http.DefaultClient, known.Address+"/api/actions", connect.WithInterceptors(identify))
	return oneJob(context.Background(), client, known.Labels)
}

func oneJob(ctx context.Context, client runnerv1connect.RunnerServiceClient, labels []string) error {
	names := make([]string, len(labels))
	for i, label := range labels {
		names[i] = strings.TrimSuffix(label, ":host")
	}
	if _, err := client.Declare(ctx, connect.NewRequest(&runnerv1.DeclareRequest{Version: "peer", Labels: names})); err != nil {
		return err
	}
	fetched, err := client.FetchTask(ctx, connect.NewRequest(&runnerv1.FetchTaskRequest{}))
	if err != nil {
		return err
	}
	task := fetched.Msg.GetTask()
	if task == nil {
		return fmt.Errorf("no task")
	}
	now := timestamppb.Now()
	said := fmt.Sprintf("%s: %d bytes of workflow", task.GetContext().GetFields()["repository"].GetStringValue(), len(task.GetWorkflowPayload()))
	rows := []*runnerv1.LogRow{{Time: now, Content: said}}
	logged, err := client.UpdateLog(ctx, connect.NewRequest(&runnerv1.UpdateLogRequest{TaskId: task.GetId(), Rows: rows, NoMore: true}))
	if err != nil {
		return err
	}
	state := &runnerv1.TaskState{Id: task.GetId(), Result: runnerv1.Result_RESULT_SUCCESS, StartedAt: now, StoppedAt: now}
	ended, err := client.UpdateTask(ctx, connect.NewRequest(&runnerv1.UpdateTaskRequest{State: state, Outputs: map[string]string{"answer": "42"}}))
	if err != nil {
		return err
	}
	fmt.Println(said, logged.Msg.GetAckIndex(), ended.Msg.GetState().GetResult(), ended.Msg.GetSentOutputs())
	return nil
}

// list writes what the vendor's own client understands of an organization's runners and jobs.
func list(url, token, org string) error {
	client, err := gitea.NewClient(url, gitea.SetToken(token))
	if err != nil {
		return err
	}
	registration, _, err := client.CreateOrgActionRunnerRegistrationToken(org)
	if err != nil {
		return err
	}
	runners, _, err := client.ListOrgActionRunners(org, gitea.ListActionRunnersOptions{})
	if err != nil {
		return err
	}
	jobs, _, err := client.ListOrgActionJobs(org, gitea.ListRepoActionJobsOptions{})
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"token": registration.Token, "runners": runners.Runners, "jobs": jobs.Jobs})
}

// registrar is the server's side of a registration, with the vendor's own reading of it.
type registrar struct {
	runnerv1connect.UnimplementedRunnerServiceHandler
}

func (registrar) Register(_ context.Context, request *connect.Request[runnerv1.RegisterRequest]) (*connect.Response[runnerv1.RegisterResponse], error) {
	asked := request.Msg
	if asked.GetToken() != "of the organization" {
		return nil, connect.NewError(connect.CodeInvalidArgument, fmt.Errorf("runner registration token not found"))
	}
	fmt.Println(asked.GetName(), asked.GetLabels(), asked.GetEphemeral())
	runner := &runnerv1.Runner{Id: 23, Uuid: "2f7e0d5c-1f0a-4c1e-9d6f-0a1b2c3d4e5f", Token: "of the runner", Name: asked.GetName(), Labels: asked.GetLabels(), Ephemeral: asked.GetEphemeral()}
	return connect.NewResponse(&runnerv1.RegisterResponse{Runner: runner}), nil
}

// serve listens until its input ends, and says where.
func serve() error {
	path, handler := runnerv1connect.NewRunnerServiceHandler(registrar{})
	mux := http.NewServeMux()
	mux.Handle("/api/actions"+path, http.StripPrefix("/api/actions", handler))
	mux.HandleFunc("POST /api/v1/orgs/acme/actions/runners/registration-token", write(`{"token":"of the organization"}`))
	mux.HandleFunc("GET /api/v1/orgs/acme/actions/runners", write(`{"runners":[],"total_count":0}`))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("http://%s\n", listener.Addr())
	go func() {
		_, _ = os.Stdin.Read(make([]byte, 1))
		os.Exit(0)
	}()
	return http.Serve(listener, mux)
}

func write(body string) http.HandlerFunc {
	return func(writer http.ResponseWriter, _ *http.Request) {
		writer.Header().Set("Content-Type", "application/json")
		fmt.Fprint(writer, body)
	}
}
