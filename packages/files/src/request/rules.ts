/** What a profile makes of a request, and an organisation of its subject: data, as desk and kit say it. */
export interface RequestRules {
  /** Kinds of key that are taken, as `ec-p256`. */
  readonly keys: readonly string[]
  /** Usages that the certificate will have, by kind of key. */
  readonly keyUsage: { readonly rsa: readonly string[]; readonly ec: readonly string[] }
  readonly extendedKeyUsage: readonly string[]
  /** How the holder is called: by their full public host name, or by a fingerprint of the machine. */
  readonly commonName: string
  /** What the subjectAltName holds: `dNSName`, or anything else for nothing. */
  readonly names: string
  /** What of the subject is laid down; absent where it is not known, and then nothing of it is judged. */
  readonly subject?: SubjectRules
  /** What the names of servers may be or lie below; absent where that is not known. */
  readonly suffixes?: readonly string[]
  /** By which attribute (OID) a request names the applicant key that it was made for, and whether one may. */
  readonly applicant?: { readonly attribute: string; readonly allowed: boolean }
}

export interface SubjectRules {
  readonly country: string
  readonly organisation: string
  /** Any of them may be given, each once. */
  readonly units: readonly string[]
  /** Whether a text is one line of letters that can be seen. */
  isLine(text: string): boolean
}
