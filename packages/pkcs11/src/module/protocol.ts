// What the desk or the command says to the process that holds the module, and what it answers. No key crosses but one that is put into
// the token; a PIN does, on a channel that the two have for themselves.

/** How a token is known. */
export interface TokenName {
  readonly token?: string
  readonly serial?: string
  readonly manufacturer?: string
  readonly model?: string
}

/** What a token says of itself before anybody has logged in. */
export interface TokenFacts {
  readonly label: string
  readonly serial: string
  readonly manufacturer: string
  readonly model: string
  /** PIN: whether it is typed on the token itself, and what the tries before have left. */
  readonly pin: {
    readonly pad: boolean
    readonly wasWrong: boolean
    readonly lastTry: boolean
    readonly locked: boolean
  }
  readonly loginRequired: boolean
}

/** By what an object is looked for. */
export interface ObjectName {
  readonly label?: string
  readonly id?: Uint8Array
}

/** A key, and what it has to be: the modulus or the point of its public half. */
export interface KeyName extends ObjectName {
  readonly identity: Uint8Array
}

/** What the module tells about a private key and its public half. */
export interface KeyAttributes {
  readonly label: string
  readonly id: Uint8Array
  readonly public:
    | { readonly kind: 'rsa'; readonly modulus: Uint8Array; readonly exponent: Uint8Array }
    /** `parameters` and `point` as they stand in the token: DER. */
    | { readonly kind: 'ec'; readonly parameters: Uint8Array; readonly point: Uint8Array }
  readonly can: { readonly sign: boolean; readonly decrypt: boolean; readonly agree: boolean }
}

export interface KeyRequest {
  readonly label: string
  readonly id: Uint8Array
  /** Bits of the modulus, or the curve's OID in DER. */
  readonly type:
    | { readonly kind: 'rsa'; readonly bits: number }
    | { readonly kind: 'ec'; readonly parameters: Uint8Array }
  readonly can: { readonly sign: boolean; readonly decrypt: boolean; readonly agree: boolean }
}

/** A key that was made elsewhere: its numbers, big-endian. */
export interface KeyToPut extends Omit<KeyRequest, 'type'> {
  readonly key:
    | {
        readonly kind: 'rsa'
        readonly modulus: Uint8Array
        readonly exponent: Uint8Array
        /** Private exponent, primes, their exponents, coefficient: as PKCS #1 has them. */
        readonly secrets: readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array]
      }
    /** `parameters` is the curve's OID in DER, `point` uncompressed. */
    | {
        readonly kind: 'ec'
        readonly parameters: Uint8Array
        readonly point: Uint8Array
        readonly secrets: readonly [Uint8Array]
      }
}

/** A mechanism with its parameter: numbers and bytes as they stand in its structure. */
export interface MechanismChoice {
  readonly type: number
  readonly parameter?: readonly (number | Uint8Array | undefined)[]
}

export interface StoredCertificate {
  readonly label: string
  readonly id: Uint8Array
  /** DER. */
  readonly certificate: Uint8Array
}

/** Each call: what is asked, what is answered. */
export interface Calls {
  open: { asks: { readonly module: string; readonly name: TokenName }; answers: TokenFacts }
  login: { asks: { readonly pin: Uint8Array | undefined }; answers: undefined }
  /** Whether the token is still there. */
  look: { asks: Record<never, never>; answers: undefined }
  keys: { asks: Record<never, never>; answers: readonly KeyAttributes[] }
  key: { asks: ObjectName; answers: KeyAttributes }
  generate: { asks: KeyRequest; answers: KeyAttributes }
  put: { asks: KeyToPut; answers: KeyAttributes }
  sign: {
    asks: {
      readonly key: KeyName
      readonly mechanism: MechanismChoice
      readonly data: Uint8Array
      readonly room: number
    }
    answers: Uint8Array
  }
  /** Undefined where the token says that what was encrypted is not in order. */
  decrypt: {
    asks: {
      readonly key: KeyName
      readonly mechanism: MechanismChoice
      readonly data: Uint8Array
      readonly room: number
    }
    answers: Uint8Array | undefined
  }
  /** ECDH with a point: the coordinate, of `size` bytes. */
  agree: { asks: { readonly key: KeyName; readonly point: Uint8Array; readonly size: number }; answers: Uint8Array }
  certificates: { asks: ObjectName; answers: readonly StoredCertificate[] }
  addCertificate: {
    asks: StoredCertificate & { readonly subject: Uint8Array; readonly issuer: Uint8Array; readonly serial: Uint8Array }
    answers: undefined
  }
  /** Destroys what has this id: certificates alone, or the key with both its halves too. */
  remove: { asks: { readonly id: Uint8Array; readonly what: 'certificates' | 'all' }; answers: number }
  close: { asks: Record<never, never>; answers: undefined }
}

export type CallName = keyof Calls

/** A question on its way. */
export type CallMessage = {
  [N in CallName]: { readonly id: number; readonly call: N; readonly input: Calls[N]['asks'] }
}[CallName]

/** Why there is no answer: the module's word, or what the process itself found. */
export type Fault =
  | { readonly kind: 'rv'; readonly rv: number; readonly what: string }
  | {
      readonly kind: 'module' | 'absent' | 'missing' | 'taken' | 'other'
      readonly what: string
      readonly count?: number
    }

export type ReplyMessage =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly fault: Fault }
