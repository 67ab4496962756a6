import type { AuthorityPurpose } from '@scel/contract/values'
import type { Authority } from '../authorities/authority.ts'
import type { Scope } from '../scope.ts'

export interface AuthorityReader {
  /** Without scope: addresses inside certificates name it by id alone. */
  find(id: string): Promise<Authority | undefined>
  /** The one in use (the newest) for a purpose. */
  current(scope: Scope, purpose: AuthorityPurpose): Promise<Authority | undefined>
  /** The root first, then by creation. */
  list(scope: Scope): Promise<Authority[]>
  /** Whether any row, also one that is not used, has this key. */
  isKeyTaken(keyId: string): Promise<boolean>
  /** Rows that are not used, because their code is not this desk's. */
  countForged(): Promise<number>
  /** Of every environment: the mutual-TLS door and the OCSP responder begin with these. */
  all(): Promise<Authority[]>
}

export interface AuthorityStore extends AuthorityReader {
  insert(authority: Authority): Promise<void>
}
