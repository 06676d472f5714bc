/** A throw-away certificate authority and one server certificate, made on the spot by openssl; no key is ever kept. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Certificates {
  /** PEM file for pip's --cert. */
  readonly caFile: string;
  readonly cert: string;
  readonly key: string;
}

// Python 3.13 verifies strictly (VERIFY_X509_STRICT): the authority needs keyUsage, the leaf an authority key identifier.
const CA_SETTINGS = `
[req]
distinguished_name = dn
x509_extensions = ca
prompt = no
[dn]
CN = Clinic authority
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = IP:127.0.0.1, DNS:localhost
`;

const EC_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

export function makeCertificates(dir: string): Certificates {
  const at = (name: string) => join(dir, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: ["ignore", "pipe", "pipe"] });
  writeFileSync(at("openssl.cnf"), CA_SETTINGS);
  openssl("req", "-x509", ...EC_KEY, "-keyout", at("ca.key"), "-out", at("ca.pem"), "-days", "2", "-config", at("openssl.cnf"));
  openssl("req", "-new", ...EC_KEY, "-keyout", at("leaf.key"), "-out", at("leaf.csr"), "-subj", "/CN=localhost", "-config", at("openssl.cnf"));
  openssl(
    "x509", "-req", "-in", at("leaf.csr"), "-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-CAcreateserial",
    "-out", at("leaf.pem"), "-days", "2", "-extfile", at("openssl.cnf"), "-extensions", "leaf",
  );
  return { caFile: at("ca.pem"), cert: readFileSync(at("leaf.pem"), "utf8"), key: readFileSync(at("leaf.key"), "utf8") };
}
