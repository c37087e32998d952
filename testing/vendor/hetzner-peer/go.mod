module dev.nimbus/hetzner-peer

go 1.26

require github.com/hetznercloud/hcloud-go/v2 v2.50.0
