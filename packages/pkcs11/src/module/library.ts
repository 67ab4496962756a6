// The only file that calls a PKCS #11 module. It runs in a process of its own (`child.ts`): a module that crashes takes that one.

import koffi from 'koffi'
import { CKF, CKR } from './constants.ts'
import { POINTER, struct } from './structs.ts'

/** A call answered with something else than CKR_OK. */
export class ModuleFault extends Error {
  readonly rv: number
  constructor(name: string, rv: number) {
    super(`C_${name}: 0x${rv.toString(16)}`)
    this.rv = rv
  }
}

type Argument = number | Uint8Array | null
/** The calls that are used; each throws a ModuleFault. */
export type Module = Readonly<Record<Call, (...args: readonly Argument[]) => Promise<void>>>

/** Loads a module and initialises it. @throws Error when the file is no module, ModuleFault */
export async function loadModule(path: string): Promise<Module> {
  const library = koffi.load(path)
  held.push(library)
  const list = Buffer.alloc(POINTER)
  const rv = Number(library.func('C_GetFunctionList', 'ulong', ['void *'])(list))
  if (rv !== CKR.OK) throw new ModuleFault('GetFunctionList', rv)
  const address = POINTER === 8 ? list.readBigUInt64LE() : BigInt(list.readUInt32LE())
  // CK_VERSION stands first, padded to a pointer, or packed on Windows.
  const start = process.platform === 'win32' ? 2 : POINTER
  const bind = (name: Call) => {
    const [place, shape] = CALLS[name]
    const entry = koffi.decode(address, start + place * POINTER, 'void *')
    if (entry === null) throw new Error(`the module has no C_${name}`)
    const call = koffi.decode(entry, koffi.proto('ulong', [...shape]))
    return (...args: readonly Argument[]): Promise<void> =>
      new Promise((resolve, reject) => {
        // Beside the event loop, which then notices that whoever asked is gone. The closure holds the arguments' memory.
        call.async(...args, (error: unknown, answer: unknown) => {
          void args
          if (error) reject(error)
          else if (Number(answer) !== CKR.OK) reject(new ModuleFault(name, Number(answer)))
          else resolve()
        })
      })
  }
  const names = Object.keys(CALLS) as Call[]
  const module = Object.fromEntries(names.map((name) => [name, bind(name)])) as Module
  await module
    .Initialize(struct(undefined, undefined, undefined, undefined, CKF.OS_LOCKING_OK, undefined))
    .catch((error: unknown) => {
      if (!(error instanceof ModuleFault && error.rv === CKR.CRYPTOKI_ALREADY_INITIALIZED)) throw error
    })
  return module
}

// A library whose object is collected is closed, and what was taken from it crashes.
const held: unknown[] = []

type Call =
  | ('Initialize' | 'Finalize' | 'GetSlotList' | 'GetTokenInfo' | 'OpenSession' | 'CloseSession' | 'Login')
  | ('CreateObject' | 'DestroyObject' | 'GetAttributeValue' | 'FindObjectsInit' | 'FindObjects' | 'FindObjectsFinal')
  | ('DecryptInit' | 'Decrypt' | 'SignInit' | 'Sign' | 'GenerateKeyPair' | 'DeriveKey')

const V = 'void *'
const L = 'ulong'
/** Place in CK_FUNCTION_LIST, and arguments. */
const CALLS: Readonly<Record<Call, readonly [number, readonly string[]]>> = {
  Initialize: [0, [V]],
  Finalize: [1, [V]],
  GetSlotList: [4, ['uchar', V, V]],
  GetTokenInfo: [6, [L, V]],
  OpenSession: [12, [L, L, V, V, V]],
  CloseSession: [13, [L]],
  Login: [18, [L, L, V, L]],
  CreateObject: [20, [L, V, L, V]],
  DestroyObject: [22, [L, L]],
  GetAttributeValue: [24, [L, L, V, L]],
  FindObjectsInit: [26, [L, V, L]],
  FindObjects: [27, [L, V, L, V]],
  FindObjectsFinal: [28, [L]],
  DecryptInit: [33, [L, V, L]],
  Decrypt: [34, [L, V, L, V, V]],
  SignInit: [42, [L, V, L]],
  Sign: [43, [L, V, L, V, V]],
  GenerateKeyPair: [59, [L, V, V, L, V, L, V, V]],
  DeriveKey: [62, [L, V, L, V, L, V]],
}
