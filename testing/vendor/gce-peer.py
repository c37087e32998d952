"""Uses a Compute Engine by Google's own client: ADDRESS list|create|delete WORDS..."""

import sys

from google.auth.credentials import AnonymousCredentials
from googleapiclient.discovery import build

PROJECT = "acme-ci"
address, verb, *words = sys.argv[1:]
compute = build(
    "compute",
    "v1",
    credentials=AnonymousCredentials(),
    client_options={"api_endpoint": address + "compute/v1/"},
)


def finish(zone, operation):
    while operation["status"] != "DONE":
        operation = compute.zoneOperations().wait(
            project=PROJECT, zone=zone, operation=operation["name"]
        ).execute()
    print(operation.get("error", "DONE"))


if verb == "list":
    key, value = words
    instances = compute.instances()
    request = instances.aggregatedList(project=PROJECT, filter=f"labels.{key}={value}")
    while request is not None:
        answer = request.execute()
        for scope in answer["items"].values():
            for one in scope.get("instances", []):
                print(one["zone"].split("/")[-1], one["name"], one["status"])
        request = instances.aggregatedList_next(request, answer)
elif verb == "create":
    zone, name, controller = words
    body = {
        "name": name,
        "machineType": f"zones/{zone}/machineTypes/e2-small",
        "labels": {"nimbus-controller": controller, "nimbus-machine": name},
        "disks": [
            {
                "boot": True,
                "autoDelete": True,
                "initializeParams": {
                    "sourceImage": "projects/debian-cloud/global/images/family/debian-12"
                },
            }
        ],
        "networkInterfaces": [{"network": f"projects/{PROJECT}/global/networks/default"}],
    }
    finish(zone, compute.instances().insert(project=PROJECT, zone=zone, body=body).execute())
elif verb == "delete":
    zone, name = words
    finish(
        zone, compute.instances().delete(project=PROJECT, zone=zone, instance=name).execute()
    )
else:
    sys.exit(f"Not a verb: {verb}")
