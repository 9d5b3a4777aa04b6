import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate that nobody signed, for a name that this machine does not have, and its key, which protects nothing. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBsDCCAVagAwIBAgIUcA7rY8wsLoyMGjrDVbVOi3Gpnt8wCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwSbXVzaWMuaG9tZS5leGFtcGxlMCAXDTI2MTEyOTIzMDM0MFoY
DzIxMjYxMTA1MjMwMzQwWjAdMRswGQYDVQQDDBJtdXNpYy5ob21lLmV4YW1wbGUw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS+EFtMr1EOUZ9FdiUqjdCjKA17iNkV
2ORSQfxWWHZXuDHfBwsdX91kieA6vH3Y8MICOQiYa7YzzTWu2tf9eMXpo3IwcDAd
BgNVHQ4EFgQUaRisx/WOIHqm5vnwkrBtFln4FugwHwYDVR0jBBgwFoAUaRisx/WO
IHqm5vnwkrBtFln4FugwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHREEFjAUghJtdXNp
Yy5ob21lLmV4YW1wbGUwCgYIKoZIzj0EAwIDSAAwRQIgI3snRLSyj7tGC9/CQTtU
XgNlyWuR3AvlnrOW4zxiVbUCIQCws6EZ/84S2xtv+USJejnLp9yPqaJA9xLBpMJq
wSefVA==
-----END CERTIFICATE-----
`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCfnupsiDtuCacRK/
QWqqPpX9nAefqhhvW/jfd2+mPrGhRANCAAS+EFtMr1EOUZ9FdiUqjdCjKA17iNkV
2ORSQfxWWHZXuDHfBwsdX91kieA6vH3Y8MICOQiYa7YzzTWu2tf9eMXp
-----END PRIVATE KEY-----
`;

/** Puts a certificate of its own into a folder. @returns the settings that a server has it by. */
export function ownCertificate(folder: string): { AIME_TLS_CERT: string; AIME_TLS_KEY: string } {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(cert, CERTIFICATE);
  writeFileSync(key, KEY);
  return { AIME_TLS_CERT: cert, AIME_TLS_KEY: key };
}
