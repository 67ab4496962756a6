// A message as `openssl cms -encrypt -stream -binary -aes-256-gcm -keyopt ecdh_kdf_md:sha256` of openssl 3.0 sealed it, with
// the key and the certificate that it is for.

import { fromBase64 } from '../../src/bytes/index.ts'

const text = (lines: string): Uint8Array => fromBase64(lines.replaceAll('\n', ''))

/** PKCS #8, DER. */
export const SEALED_KEY: Uint8Array = text(`
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXT+Lg4OeyFwPXIJpnI9p/otS0E5eiZU+bPiiP5CPamihRANCAARCAn8S/w5vqJ
5ilPwnE3AtTeRmbD2Hq6EhdiMu955DO4j7qf8Wh2+tcO8XteIH9RtqqzfkmBCUvDAXHVt8Z594
`)

export const SEALED_CERTIFICATE: Uint8Array = text(`
MIIBezCCASGgAwIBAgIUBDf6Bl3ibk0/xWqTUtZj7st9xpEwCgYIKoZIzj0EAwIwEjEQMA4GA1UEAwwHRml4dHVyZTAgFw0yNjExMjAyMzEwMD
BaGA8yMTI2MTAyNzIzMTAwMFowEjEQMA4GA1UEAwwHRml4dHVyZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABEICfxL/Dm+onmKU/CcTcC1N
5GZsPYeroSF2Iy73nkM7iPup/xaHb61w7xe14gf1G2qrN+SYEJS8MBcdW3xnn3ijUzBRMB0GA1UdDgQWBBS2lyWnjnVx6ujVi2SMAH4MC5DPlD
AfBgNVHSMEGDAWgBS2lyWnjnVx6ujVi2SMAH4MC5DPlDAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQCiuihnpYQc4ls3l6dZ
o3QoN3ZE8uPaiQiLXBGjNWs91QIgXzf+z/5mLZR7VAD6YMNJHVpRmZAUrKXXwfuhekWAiB0=
`)

/** `sealed by another program` and a line feed. */
export const SEALED: Uint8Array = text(`
MIAGCyqGSIb3DQEJEAEXoIAwgAIBADGByqGBxwIBA6BRoU8wCQYHKoZIzj0CAQNCAAQj0s9qYHCI21XuLybx38yG3FDF0z1Jy6bjCoEqp3l2oA
JovgHnaXVxL/591S3vcGTQ3UR/Rani5Hpe6mIQ+UUMMBUGBiuBBAELATALBglghkgBZQMEAS0wWDBWMCowEjEQMA4GA1UEAwwHRml4dHVyZQIU
BDf6Bl3ibk0/xWqTUtZj7st9xpEEKL0VIWYyk6pXjWg8j5QhYiSXpnKYUKk0Ye/dZAKWQg2Y2qtijc6mlXAwgAYJKoZIhvcNAQcBMB4GCWCGSA
FlAwQBLjARBAwrP9oKEH2z+sF49WMCARCggAQaBkHu9hC2En7Y1gJxk6E6m20eJucdN21voZAAAAAABBDnqNPt13YRRaOFOMi6gl48AAAAAAAA
`)
