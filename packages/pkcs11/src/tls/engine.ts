// TLS with a key that stays in its token, in Node's own OpenSSL: an engine whose private keys are public keys with a signing method
// of ours. A handshake signs at once and waits for it, so this is for programs that may block: commands, never the desk.

import koffi from 'koffi'
import type { Prepared } from '../token/key.ts'

/** Signs at once. @throws when it cannot */
export type SignNow = (how: Prepared, data: Uint8Array) => Uint8Array

/** What `tls.createSecureContext` takes for such a key. */
export interface EngineKey {
  readonly privateKeyEngine: string
  readonly privateKeyIdentifier: string
}

/**
 * Makes a key known to OpenSSL for the rest of the process.
 * @param spki of an RSA key, or of one of a NIST curve
 */
export function engineKey(spki: Uint8Array, kind: 'rsa' | 'ec', sign: SignNow): EngineKey {
  if (held.length === 0) held.push(...register())
  const identifier = `key-${keys.size + 1}`
  keys.set(identifier, { spki: Buffer.from(spki), kind, sign })
  return { privateKeyEngine: ENGINE, privateKeyIdentifier: identifier }
}

interface Known {
  readonly spki: Buffer
  readonly kind: 'rsa' | 'ec'
  readonly sign: SignNow
}

const ENGINE = 'scel'
const keys = new Map<string, Known>()
/** Which key an RSA or EC_KEY of OpenSSL is, by its address. */
const byAddress = new Map<bigint, Known>()
// What C holds on to must not be collected: the library, its callbacks, and texts.
const held: unknown[] = []

function register(): readonly unknown[] {
  const openssl = koffi.load(null)
  const call = <T = unknown>(
    name: string,
    result: string,
    ...shape: readonly string[]
  ): ((...args: readonly unknown[]) => T) => openssl.func(name, result, [...shape])
  const P = 'void *'
  const [id, name] = [Buffer.from(`${ENGINE}\0`), Buffer.from('keys that stay elsewhere\0')]

  const ecSign = koffi.register(
    (
      _type: number,
      digest: unknown,
      length: number,
      out: unknown,
      written: unknown,
      _kinv: unknown,
      _r: unknown,
      key: unknown,
    ) =>
      guarded(() => {
        const signature = signed(key, 'digest', bytesAt(digest, length))
        new Uint8Array(koffi.view(out, signature.length)).set(signature)
        new Uint32Array(koffi.view(written, 4))[0] = signature.length
        return 1
      }, 0),
    koffi.pointer(koffi.proto('int', ['int', P, 'int', P, P, P, P, P])),
  )
  const rsaSign = koffi.register(
    (length: number, from: unknown, to: unknown, key: unknown, padding: number) =>
      guarded(() => {
        // 1: a DigestInfo. 3: a whole block, PSS made by OpenSSL.
        const how = padding === 1 ? 'digest-info' : padding === 3 ? 'block' : undefined
        if (!how) return -1
        const signature = signed(key, how, bytesAt(from, length))
        new Uint8Array(koffi.view(to, signature.length)).set(signature)
        return signature.length
      }, -1),
    koffi.pointer(koffi.proto('int', ['int', P, P, P, 'int'])),
  )

  const ecMethod = call('EC_KEY_METHOD_new', P, P)(call('EC_KEY_OpenSSL', P)())
  call('EC_KEY_METHOD_set_sign', 'void', P, P, P, P)(ecMethod, ecSign, null, null)
  const rsaMethod = call('RSA_meth_dup', P, P)(call('RSA_PKCS1_OpenSSL', P)())
  call('RSA_meth_set_priv_enc', 'int', P, P)(rsaMethod, rsaSign)

  const read = call('d2i_PUBKEY', P, P, P, 'long')
  const make = call('EVP_PKEY_new', P)
  const free = call('EVP_PKEY_free', 'void', P)
  const rooms = {
    ec: {
      get: call('EVP_PKEY_get1_EC_KEY', P, P),
      use: call('EC_KEY_set_method', 'int', P, P),
      put: call('EVP_PKEY_set1_EC_KEY', 'int', P, P),
      method: ecMethod,
    },
    rsa: {
      get: call('EVP_PKEY_get1_RSA', P, P),
      use: call('RSA_set_method', 'int', P, P),
      put: call('EVP_PKEY_set1_RSA', 'int', P, P),
      method: rsaMethod,
    },
  } as const

  const load = koffi.register(
    (_engine: unknown, identifier: string) =>
      guarded(() => {
        const known = keys.get(identifier)
        if (!known) return null
        const place = Buffer.alloc(8) // d2i moves the pointer on
        place.writeBigUInt64LE(koffi.address(known.spki))
        const half = read(null, place, known.spki.length)
        const { get, use, put, method } = rooms[known.kind]
        const inner = get(half)
        free(half)
        if (!inner || use(inner, method) !== 1) return null
        byAddress.set(koffi.address(inner), known)
        const key = make()
        return put(key, inner) === 1 ? key : null
      }, null),
    koffi.pointer(koffi.proto(P, [P, 'const char *', P, P])),
  )

  const engine = call('ENGINE_new', P)()
  call('ENGINE_set_id', 'int', P, P)(engine, id)
  call('ENGINE_set_name', 'int', P, P)(engine, name)
  call('ENGINE_set_load_privkey_function', 'int', P, P)(engine, load)
  if (call('ENGINE_add', 'int', P)(engine) !== 1) throw new Error('OpenSSL takes no engine')
  return [openssl, id, name, ecSign, rsaSign, load, engine]
}

function signed(key: unknown, how: Prepared, data: Uint8Array): Uint8Array {
  const known = byAddress.get(koffi.address(key))
  if (!known) throw new Error('a key that nobody made')
  return known.sign(how, data)
}

const bytesAt = (pointer: unknown, length: number): Uint8Array => new Uint8Array(koffi.view(pointer, length)).slice()

/** An exception in a callback would end the process: OpenSSL is told that it failed. */
function guarded<T>(act: () => T, failed: T): T {
  try {
    return act()
  } catch {
    return failed
  }
}
