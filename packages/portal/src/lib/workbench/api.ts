import { describeDesk, downloadCrl, listAuthorities, listRecipients } from '@scel/contract/routes'
import type { Environment } from '@scel/contract/values'
import { pemDecode } from '@scel/pki/bytes'
import { queryOptions } from '@tanstack/react-query'
import { addressOf, call, Refusal } from '../desk/index.ts'
import { type ListedPerson, listedPeople } from './listed-people.ts'
import type { StampAsked, Trust } from './protocol.ts'

/** People of the directory who match; nothing is asked for less than two letters. */
export const directoryQuery = (search: string) =>
  queryOptions({
    queryKey: ['certificate', 'directory', search],
    queryFn: async ({ signal }) =>
      listedPeople((await call(listRecipients, { query: { search, size: 32 } }, signal)).items).slice(0, 8),
    enabled: search.length >= 2,
  })

/** Oneself in the directory, with all of one's own that receives, whatever addresses it speaks for; null where there is nothing. */
export const ownQuery = queryOptions({
  queryKey: ['certificate', 'directory', 'own'],
  queryFn: async ({ signal }): Promise<Pick<ListedPerson, 'name' | 'lines'> | null> => {
    const { items } = await call(listRecipients, { query: { own: true, size: 200 } }, signal)
    return items[0] ? { name: items[0].name, lines: items } : null
  },
})

/** Somebody with all lines that the directory has of them: what is found by a word may be some of them. */
export async function wholePerson({
  key,
  addresses,
}: Pick<ListedPerson, 'key' | 'addresses'>): Promise<ListedPerson | undefined> {
  const { items } = await call(listRecipients, { query: { email: addresses[0]!, size: 200 } })
  return listedPeople(items).find((one) => one.key === key)
}

/** The authorities of this desk with their present lists: whom its people have reason to believe. */
export async function trustOfDesk(): Promise<Trust> {
  const { items } = await call(listAuthorities, {})
  const lists = items.filter(({ crl }) => crl).map(({ id }) => revocationList(id))
  return {
    anchors: items.filter(({ parent }) => parent === undefined).map(({ pem }) => derOf(pem)),
    intermediates: items.filter(({ parent }) => parent !== undefined).map(({ pem }) => derOf(pem)),
    crls: await Promise.all(lists),
  }
}

/**
 * Where the desk stamps for an environment, and under which roots. The same paths answer on the portal's own origin: a
 * page over HTTPS may call nothing over HTTP.
 */
export async function stampsOfDesk(environment: Environment): Promise<StampAsked> {
  const { timeStamps, roots } = await call(describeDesk, {})
  const service = timeStamps.find((one) => one.environment === environment)
  if (!service) throw new Refusal('answer_unreadable')
  return {
    path: new URL(service.address).pathname,
    roots: roots.filter((one) => one.environment === environment).map(({ pem }) => derOf(pem)),
  }
}

async function revocationList(id: string): Promise<Uint8Array> {
  try {
    const answer = await fetch(addressOf(downloadCrl, { id }))
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer())
  } catch (cause) {
    throw new Refusal('desk_unreachable', undefined, cause)
  }
  throw new Refusal('answer_unreadable')
}

export const derOf = (pem: string): Uint8Array => pemDecode(pem)[0]!.der
