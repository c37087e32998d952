// Kubernetes as it is, without machines: its API server on a port of its own choice with a store in a folder, its
// scheduler, and the controllers that collect garbage, count quotas and make service accounts. Ends with its input.
package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"github.com/spf13/pflag"
	"go.etcd.io/etcd/server/v3/embed"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	"k8s.io/kubernetes/cmd/kube-apiserver/app/options"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

const kubeconfig = `apiVersion: v1
kind: Config
clusters: [{name: peer, cluster: {server: "%s", certificate-authority: "%s"}}]
users: [{name: admin, user: {token: "%s"}}]
contexts: [{name: peer, context: {cluster: peer, user: admin}}]
current-context: peer
`

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("usage: kube-peer FOLDER"))
	}
	switch os.Args[1] {
	case "scheduler":
		command := scheduler.NewSchedulerCommand()
		command.SetArgs(os.Args[2:])
		fail(command.Execute())
	case "controllers":
		command := controllers.NewControllerManagerCommand()
		command.SetArgs(os.Args[2:])
		fail(command.Execute())
	default:
		serve(os.Args[1])
	}
}

func serve(folder string) {
	// Who is started here ends with this thread.
	runtime.LockOSThread()
	etcd := store(filepath.Join(folder, "store"))
	admin, user := token(), token()
	tokens := filepath.Join(folder, "tokens.csv")
	write(tokens, fmt.Sprintf("%s,admin,1,system:masters\n%s,nimbus,2\n", admin, user))
	key := filepath.Join(folder, "accounts.key")
	write(key, privateKey())

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	fail(err)
	port := listener.Addr().(*net.TCPAddr).Port
	address := fmt.Sprintf("https://127.0.0.1:%d", port)
	certificates := filepath.Join(folder, "certificates")
	run := options.NewServerRunOptions()
	flags := pflag.NewFlagSet("kube-apiserver", pflag.ContinueOnError)
	for _, set := range run.Flags().FlagSets {
		flags.AddFlagSet(set)
	}
	fail(flags.Parse([]string{
		"--etcd-servers=" + etcd,
		"--bind-address=127.0.0.1",
		"--cert-dir=" + certificates,
		"--service-cluster-ip-range=10.0.0.0/24",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + key,
		"--service-account-signing-key-file=" + key,
		"--authorization-mode=RBAC",
		"--token-auth-file=" + tokens,
		"--enable-priority-and-fairness=false",
	}))
	run.SecureServing.Listener = listener
	run.SecureServing.BindPort = port
	run.SecureServing.ExternalAddress = net.ParseIP("127.0.0.1")
	fail(run.GenericServerRunOptions.ComponentGlobalsRegistry.Set())
	completed, err := run.Complete(context.Background())
	fail(err)
	go func() { fail(apiserver.Run(context.Background(), completed)) }()

	ca := filepath.Join(certificates, "apiserver.crt")
	config := filepath.Join(folder, "admin.kubeconfig")
	write(config, fmt.Sprintf(kubeconfig, address, ca, admin))
	start("scheduler", "--kubeconfig="+config, "--leader-elect=false", "--secure-port=0")
	start("controllers", "--kubeconfig="+config, "--leader-elect=false", "--secure-port=0",
		"--controllers=garbage-collector-controller,resourcequota-controller,serviceaccount-controller,namespace-controller")
	await(ca, address+"/readyz", admin)
	await(ca, address+"/api/v1/namespaces/default/serviceaccounts/default", admin)
	fmt.Printf("kube-peer: %s %s %s %s\n", address, ca, admin, user)
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

// A program of its own, for two of these in one process share what is global.
func start(what string, args ...string) {
	itself, err := os.Executable()
	fail(err)
	command := exec.Command(itself, append([]string{what}, args...)...)
	command.Stderr = os.Stderr
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	fail(command.Start())
	go func() { fail(fmt.Errorf("%s ended: %v", what, command.Wait())) }()
}

func store(folder string) string {
	anyPort := url.URL{Scheme: "http", Host: "127.0.0.1:0"}
	config := embed.NewConfig()
	config.Dir = folder
	config.ListenClientUrls = []url.URL{anyPort}
	config.ListenPeerUrls = []url.URL{anyPort}
	config.UnsafeNoFsync = true
	config.LogLevel = "error"
	etcd, err := embed.StartEtcd(config)
	fail(err)
	select {
	case <-etcd.Server.ReadyNotify():
	case <-time.After(time.Minute):
		fail(fmt.Errorf("the store does not start"))
	}
	return "http://" + etcd.Clients[0].Addr().String()
}

// Asks until the answer is yes.
func await(ca string, address string, token string) {
	pool := x509.NewCertPool()
	for range 600 {
		time.Sleep(100 * time.Millisecond)
		if text, err := os.ReadFile(ca); err == nil {
			pool.AppendCertsFromPEM(text)
		}
		client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, DisableKeepAlives: true}}
		request, err := http.NewRequest(http.MethodGet, address, nil)
		fail(err)
		request.Header.Set("Authorization", "Bearer "+token)
		answer, err := client.Do(request)
		if err != nil {
			continue
		}
		_ = answer.Body.Close()
		if answer.StatusCode == http.StatusOK {
			return
		}
	}
	fail(fmt.Errorf("%s does not answer", address))
}

func token() string {
	bytes := make([]byte, 16)
	_, err := rand.Read(bytes)
	fail(err)
	return hex.EncodeToString(bytes)
}

func privateKey() string {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	fail(err)
	block := pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	return string(pem.EncodeToMemory(&block))
}

func write(file string, text string) {
	fail(os.WriteFile(file, []byte(text), 0o600))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "kube-peer:", err)
		os.Exit(1)
	}
}
