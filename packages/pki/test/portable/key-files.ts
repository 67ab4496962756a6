// Private keys for tests, as openssl 3.0 wrote them: one P-256 key in five files, and an RSA key that is too short for
// anything else. The passphrase is `Élan 42`.

/** SHA-256 over the SubjectPublicKeyInfo of the P-256 key, by `openssl pkey -pubout`. */
export const EC_FINGERPRINT = '6db3c992e4ef6be5242209c93c22885b40842e4d782151c5008e947846466f99'

export const EC_FILES = {
  /** `openssl ecparam -genkey`: the curve in a block of its own before the key. */
  sec1: `-----BEGIN EC PARAMETERS-----
BggqhkjOPQMBBw==
-----END EC PARAMETERS-----
-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIDOgjGwZUrcIetk11vTBHUyOfAebq89bB/gQDOlbIncboAoGCCqGSM49
AwEHoUQDQgAEd3RPHNa8REFbKZKNMTUzyQFTh3Rd5l7T+37nOZj5Bxe3+6QNQec2
xYKyUUY5Z1dFjMovH1K9EbpLQjNzNcgx0w==
-----END EC PRIVATE KEY-----
`,
  pkcs8: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgM6CMbBlStwh62TXW
9MEdTI58B5urz1sH+BAM6VsidxuhRANCAAR3dE8c1rxEQVspko0xNTPJAVOHdF3m
XtP7fuc5mPkHF7f7pA1B5zbFgrJRRjlnV0WMyi8fUr0RuktCM3M1yDHT
-----END PRIVATE KEY-----
`,
  /** `openssl pkcs8 -topk8` by default: PBKDF2 with HMAC-SHA-256, AES-256-CBC. */
  pbkdf2: `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgIa1W4lLisSAICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEO+Fj5/hB6kjtdUz+b9KxCQEgZDo
iEEoxROisWeiF2MenqFU8yirQu4urAMoTy+2jyW8N/hfZFOekQ6KWvkWm76XdWYX
sIprN3BYSLDgAXA4BAncJ+EjCTVpBEhzUyKo1mrv7uxOLDbuZnKTxVeiarJtvv55
qLaCGXwCIz8tkWCR76GF5kmwmxqMnQ5E/dPdOA9ZHy3W8z4MTmOkQCuilt42lwc=
-----END ENCRYPTED PRIVATE KEY-----
`,
  /** `-v2 aes-128-cbc -v2prf hmacWithSHA1`, which leaves the PRF out as its default. */
  sha1: `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHeMEkGCSqGSIb3DQEFDTA8MBsGCSqGSIb3DQEFDDAOBAjsAAHndzCwOwICA+gw
HQYJYIZIAWUDBAECBBC/U3JehIbtkZxJAld760auBIGQL771pZ//1RYO7bRxeKYu
1b1NmMhQTVlao8hpQIwA+hos8PzzFpbeejESvUX8d4NWPPEubhN0XJnteUVZvfri
eLskdDNEPAThMe4rD9SZmiGqeM0uwxdiM9Iez+xCyNhBm0Hl9mTF5RERXQB2mA3X
mUKWnhxAPWHWAztzXDk9IDEfBaycQYWYwC4aFeE3YYfb
-----END ENCRYPTED PRIVATE KEY-----
`,
} as const

/** `-scrypt`. */
export const EC_SCRYPT = `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHkME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAhik59+yus11wICBAAC
AQgCAQEwHQYJYIZIAWUDBAEqBBDZlYXOENPIyN/iNyK9XojlBIGQxS9H6FLn5gX0
0eNdoJ8uM5wXvPCpoEaWLvHtjH4m2AYIkFBAUFTS9lrcNh+c16wG7rZUzRQZnQEY
PUKI7SK3uPHgkFAav+RgD8Ce7Q2U/zkAPOOXAzphHMgUZoqPT8CJBGlqkoe6iY1f
P13iuIneM1uxlOqSLSjI6Hsw0UYB5vfuxMBYa4eLwSGeOBf2FfRl
-----END ENCRYPTED PRIVATE KEY-----
`

/** `openssl genrsa -traditional 1024` */
export const RSA_PKCS1 = `-----BEGIN RSA PRIVATE KEY-----
MIICXQIBAAKBgQDYI5ZfzlFwMyeJyNedXJVN1JWEn2SPkIrxvXwAO0/dZl8vZ2YX
dNvg6mYsIL/geMW5ruSbyDjeLA3TNAQ10seLN0yD+HPp6wq5UHEHj6HvbkchuSPe
IUkmqqbSViFVOBCGQuI+zdUCdjssqT0l+YZuvgQXfuW0Q8BXaPfWZGslJQIDAQAB
AoGBANLZXK/XuLCI5rBOYrDbibdkg/vd9p7q9fC/1cDwG4gzfvXim8CUOo/eeo/f
3u8fQlxS1id2mqt6NH5uBxFur0M/vt81yN/tVLSQd+d8MARj6pEG6P6ja8KEjYC4
aXy5SkmirUbODwn++opk4bCxyu8ltWpmdsF252ApXmAPJrHdAkEA97PFHmaxqTHF
ML32GuRiFRo/uYN9blcvlaeTs3Cy+ugwsTVCok0X3JlhLRpYz4XZvAQkqB3jHwWg
/psr3JA87wJBAN9hI7TroTbaesi7BlLxa42gXCP36095tyyCc/OgOVmYZFEOcfS8
+cm3WRJJ7pz31k9CKE+7BA7iE9ehVhifpysCQQCNSM+lYIPzcrz76U4n1p6PVNKG
ORbhSf+NR/E6R4z/ClNDsJJaSsjSffXsqPuBGuKvmFlkPu/eMPK8Zruk6eynAkBm
Fv86sHX9m9yB4PgC8FM3ZxK1XZktuXL95KEZtyB+0icG5JMwRy3iAumychebpalM
j+/cgJxaMPjgk9vFZTIBAkBau5ZnJ7Ms7skUPEM6M+lRPIs3AUgEcRAeFyxP7SUa
tYiAzOkJGeBzV9JcTXj1n1IOfhQaXfarThyfkRxxomLJ
-----END RSA PRIVATE KEY-----
`
