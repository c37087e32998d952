// Plays GitHub's own libraries against ours: reads a question as JSON, writes what they make of it.
import { createAppAuth } from "@octokit/auth-app";
import { request } from "@octokit/request";
import { sign, verify } from "@octokit/webhooks-methods";
import { createPublicKey, verify as verifyBytes } from "node:crypto";
import { readFileSync } from "node:fs";

const asked = JSON.parse(readFileSync(0, "utf8"));

const auth = createAppAuth({
  appId: asked.appId,
  privateKey: asked.privateKey,
  request: request.defaults({ baseUrl: asked.baseUrl }),
});
const installation = await auth({ type: "installation", installationId: Number(asked.appId) });
const runners = await request("GET /orgs/{org}/actions/runners", {
  baseUrl: asked.baseUrl,
  org: asked.owner,
  headers: { authorization: `Bearer ${installation.token}` },
});

const [header, claims, signature] = asked.jwt.split(".");
const jwtIsSigned = verifyBytes(
  "RSA-SHA256",
  Buffer.from(`${header}.${claims}`),
  createPublicKey(asked.privateKey),
  Buffer.from(signature, "base64url"),
);

process.stdout.write(
  JSON.stringify({
    signature: await sign(asked.secret, asked.body),
    signature_is_good: await verify(asked.secret, asked.body, asked.signature),
    signature_of_another_is_good: await verify(asked.secret, `${asked.body} `, asked.signature),
    jwt_is_signed: jwtIsSigned,
    jwt_header: JSON.parse(Buffer.from(header, "base64url")),
    jwt_claims: JSON.parse(Buffer.from(claims, "base64url")),
    runners_status: runners.status,
  }),
);
