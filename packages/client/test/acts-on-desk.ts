import { rm } from 'node:fs/promises'
import type { Office } from './office.ts'
import type { Values } from './transcript.ts'

/** What transcripts call the desk's addresses. */
export function deskValues({ desk, home }: Office): Values {
  const { services } = desk
  const host = (url: string): string => new URL(url).host
  return new Map(
    Object.entries({
      ...{ portal: services.portal, mutual: services.mutual, lists: services.public },
      ...{ 'portal-host': host(services.portal), 'mutual-port': String(desk.ports.mutual) },
      ...{ home, fingerprint: desk.fingerprint },
      colons: (desk.fingerprint.match(/../g) ?? []).join(':').toUpperCase(),
    }),
  )
}

/** What others do: `kit NAME [server] [machine] [once] [standing] [of SERVICE]`, `service NAME`, `rename-service NAME OTHER`, `approve N`, `reject N REASON`, `revoke N`, `clock HOURS`, … */
export async function actOnDesk([verb, ...rest]: readonly string[], office: Office, values: Values): Promise<void> {
  const [first = '', second = ''] = rest
  switch (verb) {
    case 'service':
      values.set(`service ${first}`, await office.service(first))
      return
    case 'rename-service':
      return office.renameService(serviceOf(values, first), second)
    case 'close-service':
      return office.closeService(serviceOf(values, first))
    case 'kit': {
      const of = rest.indexOf('of')
      const made = await office.kit(
        first,
        {
          profile: rest.includes('server') ? 'server' : 'workstation',
          store: rest.includes('machine') ? 'machine' : 'user',
          uses: rest.includes('once') ? 1 : 50,
          standingApproval: rest.includes('standing'),
          ...(of < 0 ? {} : { service: serviceOf(values, rest[of + 1] ?? '') }),
        },
        rest.includes('altered') ? (file) => ({ ...file, rules: { ...file.rules, country: 'BE' } }) : undefined,
      )
      values.set(first, made.path)
      values.set(`${first}-id`, made.id)
      return
    }
    case 'withdraw':
      await office.administrator.post(`/api/kits/${values.get(`${first}-id`)}/withdraw`)
      return
    case 'approve':
      return office.approve(Number(first))
    case 'reject':
      return office.reject(Number(first), second)
    case 'revoke':
      return office.revoke(Number(first))
    case 'clock':
      return office.desk.moveClock(Number(first) * 3_600_000)
    case 'remove':
      return rm(first, { recursive: true })
    case 'stop':
      return office.desk.stop()
    default:
      throw new Error(`nobody does: ${verb}`)
  }
}

const serviceOf = (values: Values, name: string): string => values.get(`service ${name}`) ?? name
