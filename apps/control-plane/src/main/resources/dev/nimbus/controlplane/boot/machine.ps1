# A Nimbus machine at its first start: arms its own end, finds the program, runs one job, and ends.
$ErrorActionPreference = 'Stop'

$machine = '@machine@'
$controlPlane = '@control_plane@'
$ticket = '@ticket@'
$maxLife = '@max_life@'
$programUrl = '@program_url@'
$programSha256 = '@program_sha256@'
$whole = '@whole@'
$notices = '@notices@'

$homeFolder = Join-Path $env:ProgramData 'Nimbus\machine'
$log = Join-Path $homeFolder 'boot.log'
New-Item -ItemType Directory -Force -Path $homeFolder | Out-Null
# Only administrators and the system read what is in here.
& icacls $homeFolder /inheritance:r /grant 'SYSTEM:(OI)(CI)F' 'Administrators:(OI)(CI)F' | Out-Null

function Say($text) { Add-Content -Path $log -Value "nimbus: $text" }

function Report($state) {
  $detail = ''
  if ($state -eq 'failed' -and (Test-Path $log)) {
    $detail = (Get-Content -Path $log -Tail 60) -join "`n"
  }
  $body = @{ ticket = $ticket; state = $state; detail = $detail } | ConvertTo-Json
  try {
    Invoke-RestMethod -Method Post -TimeoutSec 15 -ContentType 'application/json' -Body $body `
      -Uri "$controlPlane/api/boot/$machine/report" | Out-Null
  } catch {
    Say "could not report '$state': $_"
  }
}

function Finish($code) {
  if ($code -eq 0) { Report 'done' } else { Report 'failed' }
  Remove-Item -Force -ErrorAction SilentlyContinue (Join-Path $homeFolder 'ticket')
  if ($whole -eq 'yes') { & shutdown.exe /s /f /t 0 }
  exit $code
}

# Its end, before anything else: whatever fails from here on, it does not stay.
if ($whole -eq 'yes') { & shutdown.exe /s /f /t $maxLife }

try {
  Say "$machine begins"
  Report 'installing'

  # Jobs run as another user than the system, and must not reach the metadata service.
  if ($whole -eq 'yes') {
    $users = 'D:(A;;CC;;;BU)'
    New-NetFirewallRule -DisplayName 'Nimbus metadata' -Direction Outbound -Action Block `
      -RemoteAddress '169.254.169.254', '168.63.129.16' -LocalUser $users | Out-Null
  }

  $nimbus = (Get-Command nimbus -ErrorAction SilentlyContinue).Source
  if (-not $nimbus -and $programUrl) {
    $archive = Join-Path $homeFolder 'program.zip'
    Invoke-WebRequest -UseBasicParsing -TimeoutSec 600 -Uri $programUrl -OutFile $archive
    $found = (Get-FileHash -Algorithm SHA256 -Path $archive).Hash.ToLowerInvariant()
    if ($found -ne $programSha256) { throw "$programUrl has the sha256 $found, not $programSha256" }
    Expand-Archive -Force -Path $archive -DestinationPath (Join-Path $homeFolder 'program')
    $nimbus = Get-ChildItem -Recurse -Path (Join-Path $homeFolder 'program') -Filter 'nimbus.cmd' |
      Select-Object -First 1 -ExpandProperty FullName
  }
  if (-not $nimbus) { throw 'there is no nimbus here, and none to fetch' }

  Set-Content -NoNewline -Path (Join-Path $homeFolder 'ticket') -Value $ticket
  $env:NIMBUS_MACHINE = $machine
  $env:NIMBUS_BOOT_TICKET_FILE = Join-Path $homeFolder 'ticket'
  $env:NIMBUS_CONTROL_PLANE_URL = $controlPlane
  $env:NIMBUS_AGENT_METRICS_PORT = '0'
  $env:NIMBUS_MACHINE_NOTICES = $notices
  & $nimbus boot --home (Join-Path $homeFolder 'agent') *>> $log
  $code = $LASTEXITCODE
} catch {
  Say "$_"
  $code = 1
}
Finish $code
