import { CKA, CKK, CKO, CKR } from './constants.ts'
import { type Module, ModuleFault } from './library.ts'
import type { KeyAttributes, ObjectName, StoredCertificate } from './protocol.ts'
import { struct, template, ULONG, ulong, ulongAt, type Value } from './structs.ts'

/** A session of a module. */
export interface Session {
  readonly module: Module
  readonly handle: number
}

/** Handles of all objects with these attributes. */
export async function find(
  { module, handle }: Session,
  attributes: readonly (readonly [type: number, value: Value])[],
): Promise<number[]> {
  await module.FindObjectsInit(handle, template(attributes), attributes.length)
  const found: number[] = []
  try {
    const room = Buffer.alloc(ULONG * AT_ONCE)
    for (;;) {
      const count = ulong(0)
      await module.FindObjects(handle, room, AT_ONCE, count)
      const several = ulongAt(count) ?? 0
      for (let at = 0; at < several; at++) found.push(ulongAt(room, at * ULONG)!)
      if (several < AT_ONCE || found.length >= MOST) return found
    }
  } finally {
    await module.FindObjectsFinal(handle)
  }
}

/** One attribute; undefined where the object has none, or does not show it. */
export async function attribute(
  { module, handle }: Session,
  object: number,
  type: number,
): Promise<Buffer | undefined> {
  const ask = async (room: Buffer | undefined): Promise<Buffer | undefined> => {
    const row = struct(type, room, room?.length ?? 0)
    try {
      await module.GetAttributeValue(handle, object, row, 1)
    } catch (error) {
      if (error instanceof ModuleFault && HIDDEN.has(error.rv)) return undefined
      throw error
    }
    return row
  }
  const asked = await ask(undefined)
  const length = asked && ulongAt(asked, asked.length - ULONG)
  if (length === undefined || length > LONGEST) return undefined
  if (length === 0) return Buffer.alloc(0)
  const value = Buffer.alloc(length)
  const filled = await ask(value)
  const written = filled && ulongAt(filled, filled.length - ULONG)
  return written === undefined ? undefined : value.subarray(0, written)
}

/** A CK_BBOOL; false where there is none. */
export const flag = async (session: Session, object: number, type: number): Promise<boolean> =>
  ((await attribute(session, object, type))?.[0] ?? 0) !== 0

/** What is told about the private key with this handle; undefined for keys that are neither RSA nor of a curve. */
export async function describeKey(session: Session, object: number): Promise<KeyAttributes | undefined> {
  const read = (type: number): Promise<Buffer | undefined> => attribute(session, object, type)
  const type = await read(CKA.KEY_TYPE)
  const kind = type && ulongAt(type)
  const id = (await read(CKA.ID)) ?? Buffer.alloc(0)
  const label = (await read(CKA.LABEL))?.toString('utf8') ?? ''
  const can = {
    sign: await flag(session, object, CKA.SIGN),
    decrypt: await flag(session, object, CKA.DECRYPT),
    agree: await flag(session, object, CKA.DERIVE),
  }
  if (kind === CKK.RSA) {
    const [modulus, exponent] = [await read(CKA.MODULUS), await read(CKA.PUBLIC_EXPONENT)]
    // A token may show this one of the public half only.
    const shown = exponent ?? (await ofPublicHalf(session, id, CKA.PUBLIC_EXPONENT))
    return modulus && shown && { label, id, can, public: { kind: 'rsa', modulus, exponent: shown } }
  }
  if (kind !== CKK.EC) return undefined
  const parameters = (await read(CKA.EC_PARAMS)) ?? (await ofPublicHalf(session, id, CKA.EC_PARAMS))
  const point = (await ofPublicHalf(session, id, CKA.EC_POINT)) ?? (await read(CKA.EC_POINT))
  return parameters && point && { label, id, can, public: { kind: 'ec', parameters, point } }
}

/** An attribute of the public key with this id. */
async function ofPublicHalf(session: Session, id: Buffer, type: number): Promise<Buffer | undefined> {
  if (id.length === 0) return undefined
  const [object] = await find(session, [
    [CKA.CLASS, CKO.PUBLIC_KEY],
    [CKA.ID, id],
  ])
  return object === undefined ? undefined : attribute(session, object, type)
}

/** Handles of objects of a class that are called so. */
export const named = (session: Session, objectClass: number, { label, id }: ObjectName): Promise<number[]> =>
  find(session, [
    [CKA.CLASS, objectClass],
    ...(label === undefined ? [] : ([[CKA.LABEL, label]] as const)),
    ...(id === undefined ? [] : ([[CKA.ID, id]] as const)),
  ])

/** What is told about a certificate; undefined when it shows no bytes. */
export async function describeCertificate(session: Session, object: number): Promise<StoredCertificate | undefined> {
  const certificate = await attribute(session, object, CKA.VALUE)
  if (!certificate) return undefined
  const label = (await attribute(session, object, CKA.LABEL))?.toString('utf8') ?? ''
  return { label, id: (await attribute(session, object, CKA.ID)) ?? Buffer.alloc(0), certificate }
}

const HIDDEN: ReadonlySet<number> = new Set([CKR.ATTRIBUTE_SENSITIVE, CKR.ATTRIBUTE_TYPE_INVALID])
const AT_ONCE = 64
const MOST = 10_000
/** Bytes of an attribute: a certificate is far below. */
const LONGEST = 1 << 20
