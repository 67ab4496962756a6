import type { DeskErrorFacts } from '@scel/contract/errors'
import type { Readers } from '../work.ts'
import type { Service } from './service.ts'

/** What is of a service that is closed, or not there as the desk wrote it, is approved by nobody. */
export async function closedService(
  stores: Pick<Readers, 'services'>,
  { environment, service: id }: { readonly environment: Service['environment']; readonly service?: string },
): Promise<
  | {
      readonly refusal: { readonly code: 'service_closed'; readonly facts: DeskErrorFacts['service_closed'] }
      readonly shown: object
    }
  | undefined
> {
  if (id === undefined) return undefined
  const service = await stores.services.find({ environment }, id)
  if (service && service.closedAt === undefined) return undefined
  return { refusal: { code: 'service_closed', facts: { name: service?.name ?? id } }, shown: {} }
}
