import type { StoreType } from '@scel/contract/values'
import { equal } from '@scel/pki/bytes'
import { parseCertificate } from '@scel/pki/x509'
import type { Identities } from '../identities/identities.ts'
import { type Identity, type KeyStore, keyId, type Material, type Stores } from '../keystores/index.ts'

/** Keys with their certificates that are to be taken in, and where they are to live. */
export interface AdoptionOrder {
  readonly scope: StoreType
  /** Undefined for the usual store. */
  readonly store: string | undefined
  readonly materials: readonly Material[]
  /** Also in the place of another certificate of the same key. */
  readonly replace: boolean
}

export interface Adopted {
  readonly store: KeyStore
  readonly identity: Identity
  /** False when it lay there already. */
  readonly changed: boolean
  /** Where else on this machine the same key lies. */
  readonly elsewhere: readonly string[]
}

/**
 * Takes keys that were made elsewhere into a store. One that the store has for a desk, with this very certificate, is there already and stays as it is.
 * @throws store_unsupported, adopted_key_other, adopted_certificate_other, and the failures of the store
 */
export async function adopt(
  here: Stores & { readonly identities: Identities },
  { scope, store: named, materials, replace }: AdoptionOrder,
): Promise<Adopted[]> {
  const store = await here.chosenStore(scope, named)
  await store.present()
  const all = await here.identities.all()
  const adopted: Adopted[] = []
  for (const material of materials) {
    const key = await keyId(parseCertificate(material.certificate).publicKey.spki)
    const ofDesk = (await store.list(() => undefined)).find(
      ({ key: present, holder, certificate }) =>
        present === key && holder.desk !== undefined && certificate && equal(certificate, material.certificate),
    )
    const { changed, identity } = ofDesk
      ? { changed: false, identity: ofDesk }
      : await store.adopt(material, { replace })
    const elsewhere = all.flatMap(({ identity: one }) =>
      one.key === key && one.place !== identity.place ? [one.place] : [],
    )
    adopted.push({ store, identity, changed, elsewhere })
  }
  return adopted
}
