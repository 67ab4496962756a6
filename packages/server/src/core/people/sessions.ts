import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import type { Instant } from '../world.ts'

export interface Sessions {
  /**
   * Signs in with the certificate shown at the mutual-TLS door.
   * @throws DeskError certificate_* as `judgeClientCertificate`; certificate_without_account; person_disabled
   */
  beginWithCertificate(input: {
    /** Undefined when none was shown. */
    der: Uint8Array | undefined
    from: string
    agent: string
  }): Promise<{ token: string; expiresAt: Instant }>
  /**
   * Who holds this cookie, judged anew at every call: session, person and certificate.
   * @throws DeskError sign_in_required, session_ended, person_disabled
   */
  find(token: string | undefined, caller: { from: string }): Promise<PersonActor>
  me(actor: PersonActor): Promise<contract.Me>
  list(actor: PersonActor, query: { everyone?: boolean }): Promise<{ items: contract.Session[] }>
  end(actor: PersonActor, id: string): Promise<void>
  endCurrent(actor: PersonActor): Promise<void>
}
