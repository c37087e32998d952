// The filter of the list of jobs: "repo:acme/shop label:gpu words" and what it lets through.

const PREFIXES = { "label:": "labels", "repo:": "repositories" };

/** Reads a filter's text. */
export function parseFilter(text) {
  const filter = { labels: [], repositories: [], words: [] };
  for (const token of text.toLowerCase().split(/\s+/).filter(Boolean)) {
    const prefix = Object.keys(PREFIXES).find((p) => token.startsWith(p));
    if (!prefix) filter.words.push(token);
    else if (token.length > prefix.length) filter[PREFIXES[prefix]].push(token.slice(prefix.length));
  }
  return filter;
}

/** Adds a token to a filter's text unless it is there. */
export function withToken(text, token) {
  const tokens = text.split(/\s+/).filter(Boolean);
  return tokens.includes(token) ? text : [...tokens, token].join(" ");
}

/** Whether a job passes; labels too, so that a list shown while a new one loads is already right. */
export function matches(filter, job) {
  const repository = job.repository.toLowerCase();
  return filter.labels.every((label) => job.labels.includes(label))
    && filter.repositories.every((part) => repository.includes(part))
    && (!filter.words.length || filter.words.every((word) => haystack(job).includes(word)));
}

function haystack(job) {
  const metadata = Object.entries(job.metadata ?? {}).map(([key, value]) => `${key}=${value}`);
  const { workflow, name, title, branch, actor } = job.forge ?? {};
  const forge = [workflow, name, title, branch, actor];
  return [job.id, job.repository, job.host, job.state, job.reason, ...job.command, ...job.labels, ...metadata, ...forge]
    .join(" ")
    .toLowerCase();
}
