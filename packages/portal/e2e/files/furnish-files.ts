import type { Office, Person } from '@scel/testkit/scenes'
import { administrator, authorities, desk as described } from '../answers.ts'
import type { MockDesk, Octets } from '../mock-desk.ts'
import { directoryLine } from './directory-line.ts'

/** As a time-stamp service answers (RFC 3161 §3.4). */
export const stampReply = (bytes: Uint8Array): Octets => ({ status: 200, type: 'application/timestamp-reply', bytes })

/** Gives a mock desk an office's authorities, its revocation lists, and its people as a directory. @param own the name of whoever is signed in */
export async function furnishFiles(
  desk: MockDesk,
  office: Office,
  listed: readonly Person[],
  own: string = administrator.name,
): Promise<void> {
  const [root, people] = [authorities.items[0]!, authorities.items[2]!]
  const lists = new Map([
    [root.id, await office.crl('root')],
    [people.id, await office.crl('issuing')],
  ])
  desk.answer('listAuthorities', () => ({
    items: [
      { ...root, pem: office.root.pem },
      { ...people, pem: office.issuing.pem },
    ],
    ceremonies: [],
  }))
  desk.answer('downloadCrl', ({ params }) => lists.get(params.id ?? '')!)
  const ownRoot = described.roots.map((one) =>
    one.environment === 'production' ? { ...one, pem: office.root.pem } : one,
  )
  desk.answer('describeDesk', () => ({ ...described, roots: ownRoot }))
  desk.take('/tsp', async (request) => stampReply(await office.stamp(request)))
  const lines = await Promise.all(listed.map(directoryLine))
  desk.answer('listRecipients', ({ query }) => {
    const email = query.get('email')?.toLowerCase()
    const search = query.get('search')?.toLowerCase()
    const items = lines
      .filter((one) => query.get('own') !== 'true' || one.name === own)
      .filter((one) => email === undefined || one.addresses.some((address) => address === email))
      .filter((one) => search === undefined || `${one.name} ${one.addresses.join(' ')}`.toLowerCase().includes(search))
    return { items, issuers: [office.issuing.pem] }
  })
}
