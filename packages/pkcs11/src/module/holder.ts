// What the process does with the module it holds: one token, one session, one call at a time.

import { CKA, CKF, CKK, CKM, CKO, CKR, CKU } from './constants.ts'
import { loadModule, type Module, ModuleFault } from './library.ts'
import { attribute, describeCertificate, describeKey, find, flag, named, type Session } from './objects.ts'
import type {
  CallName,
  Calls,
  Fault,
  KeyAttributes,
  KeyName,
  MechanismChoice,
  TokenFacts,
  TokenName,
} from './protocol.ts'
import { mechanism, struct, template, ULONG, ulong, ulongAt, type Value } from './structs.ts'

/** Something that the process itself found, and not the module. */
export class HolderFault extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.what)
    this.fault = fault
  }
}

/** The answers to each call. */
export type Holder = { readonly [N in CallName]: (input: Calls[N]['asks']) => Promise<Calls[N]['answers']> }

export function createHolder(): Holder {
  let opened: (Session & { readonly slot: number }) | undefined
  let pin: Uint8Array | undefined
  const handles = new Map<string, { readonly object: number; readonly always: boolean }>()

  const session = (): Session => opened ?? other('not open')

  const open: Holder['open'] = async ({ module: path, name }) => {
    const module = await loadModule(path).catch((error: unknown) =>
      failed({ kind: 'module', what: error instanceof Error ? error.message.slice(0, 200) : 'unknown' }),
    )
    const fitting = (await tokensOf(module)).filter(({ facts }) => fits(facts, name))
    const [found] = fitting
    if (!found || fitting.length > 1) return failed({ kind: 'absent', what: 'token', count: fitting.length })
    opened = { module, slot: found.slot, handle: await openSession(module, found.slot, CKF.SERIAL_SESSION) }
    return found.facts
  }

  const login: Holder['login'] = async ({ pin: given }) => {
    const { module, handle } = session()
    pin = given
    await module.Login(handle, CKU.USER, given ?? null, given?.length ?? 0).catch(unless(CKR.USER_ALREADY_LOGGED_IN))
  }

  /** The one private key of this name, if it is the right one. */
  const keyOf = async ({ identity, ...name }: KeyName): Promise<{ object: number; always: boolean }> => {
    const place = `${Buffer.from(identity).toString('base64')}`
    const known = handles.get(place)
    if (known) return known
    for (const object of await named(session(), CKO.PRIVATE_KEY, name)) {
      const found = await describeKey(session(), object)
      if (!found || !Buffer.from(identityOf(found)).equals(identity)) continue
      const key = { object, always: await flag(session(), object, CKA.ALWAYS_AUTHENTICATE) }
      handles.set(place, key)
      return key
    }
    return failed({ kind: 'missing', what: 'key' })
  }

  const describe: Holder['key'] = async (name) => {
    const found = await named(session(), CKO.PRIVATE_KEY, name)
    if (found.length > 1) return failed({ kind: 'taken', what: 'key' })
    const [object] = found
    const key = object === undefined ? undefined : await describeKey(session(), object)
    return key ?? failed({ kind: 'missing', what: 'key' })
  }

  const readOnly = session
  /** Objects are made and destroyed in a session of their own, which may write. */
  const writing = async <T>(act: (session: Session) => Promise<T>): Promise<T> => {
    const { module, slot } = opened ?? other('not open')
    const handle = await openSession(module, slot, CKF.SERIAL_SESSION | CKF.RW_SESSION)
    try {
      return await act({ module, handle })
    } finally {
      await module.CloseSession(handle)
    }
  }

  const generate: Holder['generate'] = async ({ label, id, type, can }) => {
    if ((await named(readOnly(), CKO.PRIVATE_KEY, { label })).length > 0) failed({ kind: 'taken', what: 'key' })
    const [algorithm, shape]: [number, readonly (readonly [number, Value])[]] =
      type.kind === 'rsa'
        ? [
            CKM.RSA_PKCS_KEY_PAIR_GEN,
            [
              [CKA.MODULUS_BITS, type.bits],
              [CKA.PUBLIC_EXPONENT, Uint8Array.of(1, 0, 1)],
            ],
          ]
        : [CKM.EC_KEY_PAIR_GEN, [[CKA.EC_PARAMS, type.parameters]]]
    const both = [
      [CKA.TOKEN, true],
      [CKA.LABEL, label],
      [CKA.ID, id],
    ] as const
    const publicHalf = [
      ...both,
      ...shape,
      ...(can.sign ? ([[CKA.VERIFY, true]] as const) : []),
      ...(can.decrypt ? ([[CKA.ENCRYPT, true]] as const) : []),
    ]
    const privateHalf: readonly Row[] = [...both, ...privateRows(type.kind, can)]
    return writing(async (writer) => {
      const { module, handle } = writer
      const [publicHandle, privateHandle] = [ulong(0), ulong(0)]
      await module.GenerateKeyPair(
        ...([handle, mechanism(algorithm), template(publicHalf), publicHalf.length] as const),
        ...([template(privateHalf), privateHalf.length, publicHandle, privateHandle] as const),
      )
      const object = ulongAt(privateHandle)!
      const key = await stays(writer, object)
      if (key) return key
      for (const one of [object, ulongAt(publicHandle)!]) await module.DestroyObject(handle, one)
      return other('the token made a key that can leave it')
    })
  }

  const put: Holder['put'] = async ({ label, id, can, key }) => {
    if ((await named(readOnly(), CKO.PRIVATE_KEY, { label })).length > 0) failed({ kind: 'taken', what: 'key' })
    const both = [
      [CKA.TOKEN, true],
      [CKA.LABEL, label],
      [CKA.ID, id],
      [CKA.KEY_TYPE, key.kind === 'rsa' ? CKK.RSA : CKK.EC],
    ] as const
    const rows: { readonly open: readonly Row[]; readonly secret: readonly Row[] } =
      key.kind === 'rsa'
        ? {
            open: [
              [CKA.MODULUS, key.modulus],
              [CKA.PUBLIC_EXPONENT, key.exponent],
            ],
            secret: RSA_SECRETS.map((type, at) => [type, key.secrets[at]!] as const),
          }
        : { open: [[CKA.EC_PARAMS, key.parameters]], secret: [[CKA.VALUE, key.secrets[0]]] }
    const publicHalf: readonly Row[] = [
      [CKA.CLASS, CKO.PUBLIC_KEY],
      ...both,
      ...rows.open,
      ...(key.kind === 'ec' ? ([[CKA.EC_POINT, Buffer.concat([derHead(key.point.length), key.point])]] as const) : []),
      ...(can.sign ? ([[CKA.VERIFY, true]] as const) : []),
      ...(can.decrypt ? ([[CKA.ENCRYPT, true]] as const) : []),
    ]
    const privateHalf: readonly Row[] = [
      [CKA.CLASS, CKO.PRIVATE_KEY],
      ...both,
      ...rows.open,
      ...rows.secret,
      ...privateRows(key.kind, can),
    ]
    const create = async ({ module, handle }: Session, half: readonly Row[]): Promise<number> => {
      const made = ulong(0)
      await module.CreateObject(handle, template(half), half.length, made)
      return ulongAt(made)!
    }
    try {
      return await writing(async (writer) => {
        const made: number[] = []
        try {
          made.push(await create(writer, publicHalf))
          const object = await create(writer, privateHalf)
          made.push(object)
          return (await stays(writer, object)) ?? other('the token took a key that can leave it')
        } catch (error) {
          // Whatever happened, no half of it stays, nor a key that can leave.
          for (const one of made) await writer.module.DestroyObject(writer.handle, one).catch(() => undefined)
          throw error
        }
      })
    } finally {
      for (const secret of key.secrets) secret.fill(0)
    }
  }

  /** What a mechanism makes of `data`. */
  const transform = async (
    what: 'Sign' | 'Decrypt',
    { key, mechanism: choice, data, room }: Calls['sign']['asks'],
  ): Promise<Uint8Array> => {
    const { module, handle } = session()
    const { object, always } = await keyOf(key)
    await module[`${what}Init`](handle, mechanismOf(choice), object)
    if (always) await module.Login(handle, CKU.CONTEXT_SPECIFIC, pin ?? null, pin?.length ?? 0)
    for (let size = room; ; ) {
      const [out, length] = [Buffer.alloc(size), ulong(size)]
      try {
        await module[what](handle, data, data.length, out, length)
        return out.subarray(0, ulongAt(length))
      } catch (error) {
        // The operation goes on with more room.
        const wanted = ulongAt(length) ?? 0
        if (!isRv(error, CKR.BUFFER_TOO_SMALL) || wanted <= size || wanted > MOST_ROOM) throw error
        size = wanted
      }
    }
  }

  return {
    open,
    login,
    look: async () => {
      const { module, slot } = opened ?? other('not open')
      await module.GetTokenInfo(slot, Buffer.alloc(512))
      return undefined
    },
    key: describe,
    keys: async () => {
      const keys: KeyAttributes[] = []
      for (const object of await find(session(), [[CKA.CLASS, CKO.PRIVATE_KEY]])) {
        const key = await describeKey(session(), object)
        if (key) keys.push(key)
      }
      return keys
    },
    generate,
    put,
    sign: (input) => transform('Sign', input),
    decrypt: async (input) => {
      try {
        return await transform('Decrypt', input)
      } catch (error) {
        if (error instanceof ModuleFault && NOT_IN_ORDER.has(error.rv)) return undefined
        throw error
      }
    },
    agree: async ({ key, point, size }) => {
      const { module, handle } = session()
      const { object } = await keyOf(key)
      const shape = [
        [CKA.CLASS, CKO.SECRET_KEY],
        [CKA.KEY_TYPE, CKK.GENERIC_SECRET],
        [CKA.TOKEN, false],
        [CKA.SENSITIVE, false],
        [CKA.EXTRACTABLE, true],
        [CKA.VALUE_LEN, size],
      ] as const
      const derive = async (peer: Uint8Array): Promise<number> => {
        const made = ulong(0)
        // No key derivation in the token: it knows few, and the library has them.
        const choice = { type: CKM.ECDH1_DERIVE, parameter: [1, 0, undefined, peer.length, peer] }
        await module.DeriveKey(handle, mechanismOf(choice), object, template(shape), shape.length, made)
        return ulongAt(made)!
      }
      // Some tokens want the point bare, as the standard says first, some in an OCTET STRING, as it stands in CKA_EC_POINT.
      const wrapped = Buffer.concat([derHead(point.length), point])
      const secret = await derive(point).catch((error: unknown) =>
        error instanceof ModuleFault && NOT_SO.has(error.rv) ? derive(wrapped) : Promise.reject(error),
      )
      const value = await attribute(session(), secret, CKA.VALUE)
      await module.DestroyObject(handle, secret)
      return value?.length === size ? value : other('the token keeps the agreed secret')
    },
    certificates: async (name) => {
      const found = await named(session(), CKO.CERTIFICATE, name)
      const certificates = []
      for (const object of found) {
        const certificate = await describeCertificate(session(), object)
        if (certificate) certificates.push(certificate)
      }
      return certificates
    },
    addCertificate: ({ label, id, certificate, subject, issuer, serial }) =>
      writing(async ({ module, handle }) => {
        const rows = [
          [CKA.CLASS, CKO.CERTIFICATE],
          [CKA.CERTIFICATE_TYPE, 0],
          [CKA.TOKEN, true],
          [CKA.PRIVATE, false],
          [CKA.LABEL, label],
          [CKA.ID, id],
          [CKA.SUBJECT, subject],
          [CKA.ISSUER, issuer],
          [CKA.SERIAL_NUMBER, serial],
          [CKA.VALUE, certificate],
        ] as const
        await module.CreateObject(handle, template(rows), rows.length, ulong(0))
        return undefined
      }),
    remove: ({ id, what }) =>
      writing(async (writer) => {
        const classes = what === 'all' ? [CKO.CERTIFICATE, CKO.PRIVATE_KEY, CKO.PUBLIC_KEY] : [CKO.CERTIFICATE]
        let gone = 0
        for (const objectClass of classes) {
          for (const object of await named(writer, objectClass, { id })) {
            await writer.module.DestroyObject(writer.handle, object)
            gone++
          }
        }
        handles.clear()
        return gone
      }),
    close: async () => {
      await opened?.module.Finalize(null)
      opened = undefined
      pin?.fill(0)
    },
  }
}

type Row = readonly [type: number, value: Value]

/** What a private key is, once it is in a token: it never leaves. */
const privateRows = (kind: 'rsa' | 'ec', can: KeyAttributes['can']): readonly Row[] => [
  [CKA.PRIVATE, true],
  [CKA.SENSITIVE, true],
  [CKA.EXTRACTABLE, false],
  [CKA.SIGN, can.sign],
  ...(kind === 'rsa' ? ([[CKA.DECRYPT, can.decrypt]] as const) : []),
  ...(kind === 'ec' ? ([[CKA.DERIVE, can.agree]] as const) : []),
]

/** The private key, if the token keeps it as it was asked to. */
async function stays(writer: Session, object: number): Promise<KeyAttributes | undefined> {
  const kept =
    (await flag(writer, object, CKA.SENSITIVE)) && (await attribute(writer, object, CKA.EXTRACTABLE))?.[0] === 0
  return kept ? describeKey(writer, object) : undefined
}

const RSA_SECRETS = [CKA.PRIVATE_EXPONENT, CKA.PRIME_1, CKA.PRIME_2, CKA.EXPONENT_1, CKA.EXPONENT_2, CKA.COEFFICIENT]

/** The modulus or the point: what a key is known by. */
const identityOf = ({ public: half }: Pick<KeyAttributes, 'public'>): Uint8Array =>
  half.kind === 'rsa' ? half.modulus : half.point

async function tokensOf(module: Module): Promise<{ slot: number; facts: TokenFacts }[]> {
  const count = ulong(0)
  await module.GetSlotList(1, null, count)
  const slots = Buffer.alloc((ulongAt(count) ?? 0) * ULONG)
  if (slots.length > 0) await module.GetSlotList(1, slots, count)
  const found = []
  for (let at = 0; at < Math.min(slots.length / ULONG, ulongAt(count) ?? 0); at++) {
    const slot = ulongAt(slots, at * ULONG)!
    const info = Buffer.alloc(512)
    try {
      await module.GetTokenInfo(slot, info)
    } catch (error) {
      if (error instanceof ModuleFault) continue // a card nobody knows, or one that was just taken out
      throw error
    }
    found.push({ slot, facts: factsOf(info) })
  }
  return found
}

/** CK_TOKEN_INFO: label, manufacturer, model and serial number, padded with spaces, then the flags. */
function factsOf(info: Buffer): TokenFacts {
  const text = (from: number, to: number): string => info.toString('utf8', from, to).replace(/[ \0]+$/, '')
  const flags = ulongAt(info, 96) ?? 0
  const has = (bit: number): boolean => (flags & bit) !== 0
  return {
    ...{ label: text(0, 32), manufacturer: text(32, 64), model: text(64, 80), serial: text(80, 96) },
    pin: {
      pad: has(CKF.PROTECTED_AUTHENTICATION_PATH),
      wasWrong: has(CKF.USER_PIN_COUNT_LOW),
      lastTry: has(CKF.USER_PIN_FINAL_TRY),
      locked: has(CKF.USER_PIN_LOCKED),
    },
    loginRequired: has(CKF.LOGIN_REQUIRED),
  }
}

const fits = (facts: TokenFacts, { token, ...rest }: TokenName): boolean =>
  (token === undefined || facts.label === token) &&
  (['serial', 'manufacturer', 'model'] as const).every((name) => rest[name] === undefined || facts[name] === rest[name])

async function openSession(module: Module, slot: number, flags: number): Promise<number> {
  const handle = ulong(0)
  await module.OpenSession(slot, flags, null, null, handle)
  return ulongAt(handle)!
}

const mechanismOf = ({ type, parameter }: MechanismChoice): Buffer => mechanism(type, parameter && struct(...parameter))

/** Of an OCTET STRING: a point is shorter than 256 bytes. */
const derHead = (length: number): Buffer => Buffer.from(length < 128 ? [4, length] : [4, 0x81, length])

const failed = (fault: Fault): never => {
  throw new HolderFault(fault)
}
const other = (what: string): never => failed({ kind: 'other', what })

const isRv = (error: unknown, rv: number): boolean => error instanceof ModuleFault && error.rv === rv
const unless =
  (rv: number) =>
  (error: unknown): void => {
    if (!isRv(error, rv)) throw error
  }

const MOST_ROOM = 1 << 16
/** What tokens say of padding that is wrong. A device that fails says some of it too: for whoever opens it is all one. */
const NOT_IN_ORDER: ReadonlySet<number> = new Set([
  CKR.GENERAL_ERROR,
  CKR.FUNCTION_FAILED,
  CKR.DATA_INVALID,
  CKR.DATA_LEN_RANGE,
  CKR.ENCRYPTED_DATA_INVALID,
  CKR.ENCRYPTED_DATA_LEN_RANGE,
])
const NOT_SO: ReadonlySet<number> = new Set([
  CKR.MECHANISM_PARAM_INVALID,
  CKR.ARGUMENTS_BAD,
  CKR.ATTRIBUTE_VALUE_INVALID,
  CKR.GENERAL_ERROR,
  CKR.FUNCTION_FAILED,
])
