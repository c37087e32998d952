package dev.nimbus.api;

/** The paths of every service, in the form the route tables use. */
public final class Paths {
  public static final String JOBS = "/api/jobs";
  public static final String JOBS_RECENT = "/api/jobs/recent";
  public static final String JOB = "/api/jobs/{id}";
  public static final String JOB_CANCEL = "/api/jobs/{id}/cancel";
  public static final String JOB_RETRY = "/api/jobs/{id}/retry";
  public static final String JOB_WHY = "/api/jobs/{id}/why";
  public static final String JOB_EVENTS = "/api/jobs/{id}/events";
  public static final String JOB_LOGS = "/api/jobs/{id}/logs";
  public static final String LEASES = "/api/leases";
  public static final String LEASE_STARTED = "/api/leases/{job}/started";
  public static final String LEASE_RENEW = "/api/leases/{job}/renew";
  public static final String LEASE_FINISH = "/api/leases/{job}/finish";
  public static final String LEASE_TOKEN = "/api/leases/{job}/token";
  public static final String LEASE_RUNNER = "/api/leases/{job}/runner";
  public static final String WEBHOOK = "/webhooks/{forge}";
  public static final String WEBHOOK_OF_CONNECTION = "/webhooks/{forge}/{connection}";
  public static final String FORGES = "/api/forges";
  public static final String FORGE = "/api/forges/{name}";
  public static final String FORGE_CHECK = "/api/forges/{name}/check";
  public static final String HOSTS = "/api/hosts";
  public static final String BOOT = "/api/boot";
  public static final String BOOT_REPORT = "/api/boot/{machine}/report";
  public static final String PROVIDERS = "/api/providers";
  public static final String PROVIDER = "/api/providers/{name}";
  public static final String PROVIDER_CHECK = "/api/providers/{name}/check";
  public static final String POOLS = "/api/pools";
  public static final String POOLS_MATCH = "/api/pools/match";
  public static final String POOL = "/api/pools/{name}";
  public static final String MACHINES = "/api/machines";
  public static final String MACHINE = "/api/machines/{id}";
  public static final String COST = "/api/observability/cost";
  public static final String RIGHTSIZE = "/api/observability/rightsize";
  public static final String PRICES = "/api/observability/prices";
  public static final String RECOMMENDATIONS = "/api/observability/recommendations";
  public static final String ORGS = "/api/orgs";
  public static final String ORG_LIMITS = "/api/orgs/{org}/limits";
  public static final String TOKENS = "/api/tokens";
  public static final String TOKEN_SELF = "/api/tokens/self";
  public static final String TOKENS_REVOKE = "/api/tokens/revoke";
  public static final String KEYS_ROTATE = "/api/keys/rotate";
  public static final String AGENT_TOKEN = "/api/agents/token";
  public static final String SIGN_IN_CODES = "/api/sign-in-codes";
  public static final String SIGN_IN = "/sign-in";
  public static final String SIGN_OUT = "/sign-out";
  public static final String JWKS = "/.well-known/jwks.json";
  public static final String STATUS = "/status";
  public static final String LOGS = "/logs";
  public static final String LOGS_QUERY = "/logs/query";
  public static final String LOGS_STREAM = "/logs/stream";
  public static final String CACHE = "/cache/{key...}";
  public static final String OPENAPI = "/api/openapi.json";
  public static final String HEALTH = "/healthz";
  public static final String READY = "/readyz";
  public static final String METRICS = "/metrics";

  private Paths() {}

  /** Fills the one placeholder of a path. */
  public static String with(String path, String value) {
    var open = path.indexOf('{');
    return path.substring(0, open) + value + path.substring(path.indexOf('}') + 1);
  }
}
