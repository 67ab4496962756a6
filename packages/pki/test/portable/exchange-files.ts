// A .p12 file for tests, as `openssl pkcs12 -export -legacy` of openssl 3.0 wrote it, and as most programs did before 2021:
// the certificate under RC2-40, the key under triple DES. A P-256 key named `old`; the passphrase is `old`.

import { fromBase64 } from '../../src/bytes/index.ts'

export const LEGACY_P12: Uint8Array = fromBase64(
  `
MIIDpQIBAzCCA2sGCSqGSIb3DQEHAaCCA1wEggNYMIIDVDCCAi8GCSqGSIb3DQEHBqCCAiAwggIcAgEAMIICFQYJKoZIhvcNAQcBMBwGCiqG
SIb3DQEMAQYwDgQId6nJtK+kxSoCAggAgIIB6GdhHZb5gkk2CWU/xSkrlnGVgNE/+US+UQu5CtGeu709oM/JhWCfOFLr1a8Rd7nsylE2W9yT
Mfq58iBX8Z8/R9Z9J5ujTn5SuxRtF+PCPoWtB0TRYN2COqIC9A9xJbZmefY8Q/WXiX7dBm5M+QkzfEbNSzP8O/A5Lsv5Kr2rEqQXjMlhSRHd
dAbNlTP4Mgn3vuLIEIhpU4B+ZjTbjJ+W2S6fx9SON8pM6rTD7dAZvhagAutW1pcVl7qT89PhnCQ9+Uk4KH5b92ttG+v9X8vlrG8+8kelRLaa
A2d+hd9dbiG0E5OBbAmYU7NrrPFgsjCOgdt9qDXjglcptmZSvrTRRUqwh8+PT50BMUwbuX/eN4C2ZfSe6ryZvHdPog/IWwlTnfn1onYzCeNu
Fsn5QknYzGFGTcdRSebP0c/KaWx1jE/2mrQvHOzUhQj9NM7wkgQ/4jpsq9z6NDQrRtpV2XbWw5Pi5DSbDHIyHuUxTUlnWAqePuvrsizSCQOV
s5T/OUYJFsZwyvaqIQugzUSG7N4iRSau/mLHERskkYj1TH7x4pwu5K+lWWTPZ9XLXc6x+Du9FbM4BrXle1EcEnq8TcW/h5MOINof37QNWG8m
zcGNOOJGe5VtDqjh4/jpgLH4tQ3J5ffl0xGe45Q2MIIBHQYJKoZIhvcNAQcBoIIBDgSCAQowggEGMIIBAgYLKoZIhvcNAQwKAQKggbQwgbEw
HAYKKoZIhvcNAQwBAzAOBAiA4gYV9bvGVQICCAAEgZC4TVaN2wfv5J7iWbLUPkf39Od9/9iIz89WyCc1NLcwGR4fu1ZwoZQnIdmqGynYdvmm
aRmQ3uD/12jXYlhgaq2AHVMVApP+aZy2ydgSrN818FlGny+L/9gHCS6JCBor4dqYqovt/Yg/LQNn7eX0ZgKdaZF4EjPZcMTv2C8zyhIHGUIK
Oeo3oAOsvgxZlTg3+7YxPDAVBgkqhkiG9w0BCRQxCB4GAG8AbABkMCMGCSqGSIb3DQEJFTEWBBQr1UHyvM+JGXGLpTCqYzY/+VtBUTAxMCEw
CQYFKw4DAhoFAAQUXb/cptwiTMTGzxDIQFH/FyZxp00ECEFLmYqUX4nAAgIIAA==
`.replaceAll('\n', ''),
)
