// Speaks with ours in the words of GitLab's own client, and reads webhooks with it.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	gitlab "gitlab.com/gitlab-org/api/client-go"
)

func main() {
	if len(os.Args) < 3 {
		fail(fmt.Errorf("usage: gitlab-peer look URL TOKEN GROUP PROJECT | make URL TOKEN PROJECT-ID | hook FILE"))
	}
	switch os.Args[1] {
	case "look":
		fail(look(client(os.Args[2], os.Args[3]), os.Args[4], os.Args[5]))
	case "make":
		fail(register(client(os.Args[2], os.Args[3]), os.Args[4]))
	case "hook":
		fail(hook(os.Args[2]))
	}
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func client(url, token string) *gitlab.Client {
	made, err := gitlab.NewClient(token, gitlab.WithBaseURL(url), gitlab.WithoutRetries())
	fail(err)
	return made
}

// say writes something as JSON on a line of its own.
func say(what string, value any) {
	text, err := json.Marshal(value)
	fail(err)
	fmt.Println(what, string(text))
}

// look reads everything Nimbus reads.
func look(at *gitlab.Client, group, project string) error {
	version, _, err := at.Version.GetVersion()
	if err != nil {
		return err
	}
	say("version", version)
	token, _, err := at.PersonalAccessTokens.GetSinglePersonalAccessToken()
	if err != nil {
		return err
	}
	say("token", token)
	projects, _, err := at.Groups.ListGroupProjects(group, &gitlab.ListGroupProjectsOptions{
		IncludeSubGroups: gitlab.Ptr(true), Archived: gitlab.Ptr(false)})
	if err != nil {
		return err
	}
	say("projects", projects)
	pending := []gitlab.BuildStateValue{gitlab.Pending}
	jobs, _, err := at.Jobs.ListProjectJobs(project, &gitlab.ListJobsOptions{Scope: &pending})
	if err != nil {
		return err
	}
	for _, job := range jobs {
		one, _, err := at.Jobs.GetJob(project, job.ID)
		if err != nil {
			return err
		}
		say("job", one)
	}
	tags := []string{"nimbus-runner"}
	runners, _, err := at.Runners.ListRunners(&gitlab.ListRunnersOptions{TagList: &tags})
	if err != nil {
		return err
	}
	for _, runner := range runners {
		say("runner", runner)
		done, _, err := at.Runners.ListRunnerJobs(runner.ID, nil)
		if err != nil {
			return err
		}
		say("jobs", done)
	}
	request, _, err := at.MergeRequests.GetMergeRequest(project, 7, nil)
	if err != nil {
		return err
	}
	say("merge request", request)
	return nil
}

// register makes a runner as Nimbus makes one, pauses it, and deletes it.
func register(at *gitlab.Client, project string) error {
	id, err := strconv.ParseInt(project, 10, 64)
	if err != nil {
		return err
	}
	made, _, err := at.Users.CreateUserRunner(&gitlab.CreateUserRunnerOptions{
		RunnerType:  gitlab.Ptr("project_type"),
		ProjectID:   gitlab.Ptr(id),
		Description: gitlab.Ptr("made by its client"),
		TagList:     &[]string{"nimbus", "nimbus-runner"},
		RunUntagged: gitlab.Ptr(false),
		Locked:      gitlab.Ptr(true),
		Paused:      gitlab.Ptr(false),
	})
	if err != nil {
		return err
	}
	say("made", made)
	paused, _, err := at.Runners.UpdateRunnerDetails(made.ID, &gitlab.UpdateRunnerDetailsOptions{Paused: gitlab.Ptr(true)})
	if err != nil {
		return err
	}
	say("paused", paused)
	_, err = at.Runners.RemoveRunner(made.ID)
	return err
}

// hook reads the body of a webhook about a job.
func hook(file string) error {
	body, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	event, err := gitlab.ParseWebhook(gitlab.EventTypeJob, body)
	if err != nil {
		return err
	}
	job := event.(*gitlab.JobEvent)
	fmt.Println(job.ObjectKind, job.BuildID, job.BuildStatus, job.RetriesCount, job.Repository.Homepage, job.Runner.Description)
	return nil
}
