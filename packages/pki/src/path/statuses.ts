// What is known about revocation during one validation: what the caller gave, and what they fetch on the way.

import type { OcspResponse } from '../ocsp/index.ts'
import type { Crl } from '../x509/index.ts'
import type { Budget } from './budget.ts'
import type { RevocationSources, ValidatePathOptions } from './options.ts'
import { Pool } from './pool.ts'
import type { RevocationFinding, Want } from './result.ts'
import { Asked } from './wants.ts'

export class Statuses {
  readonly crls: Pool<Crl>
  readonly ocsp: OcspResponse[]
  readonly #fetch: RevocationSources['fetch']
  readonly #asked = new Asked()

  constructor({ revocation }: Pick<ValidatePathOptions, 'revocation'>, budget: Budget) {
    const { crls = [], ocsp = [], fetch }: Partial<RevocationSources> = typeof revocation === 'object' ? revocation : {}
    this.crls = new Pool(crls, (crl) => crl.issuer, budget)
    this.ocsp = [...ocsp]
    this.#fetch = fetch
  }

  /** What `look` finds; as long as that is nothing, one more of what is wanted is fetched, each once per validation. */
  async find(look: () => Promise<RevocationFinding>, wants: () => readonly Want[]): Promise<RevocationFinding> {
    let finding = await look()
    if (finding.status !== 'unknown' || !this.#fetch) return finding
    for (const want of wants()) {
      if (!(await this.#bring(want, this.#fetch))) continue
      finding = await look()
      if (finding.status !== 'unknown') break
    }
    return finding
  }

  async #bring(want: Want, fetch: NonNullable<RevocationSources['fetch']>): Promise<boolean> {
    if (!this.#asked.isNew(want)) return false
    const { crls = [], ocsp = [] } = (await fetch(Object.freeze(want))) ?? {}
    for (const crl of crls) this.crls.add(crl)
    for (const response of ocsp) this.ocsp.push(response)
    return crls.length + ocsp.length > 0
  }
}
