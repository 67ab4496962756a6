import type { ServiceRef } from '../../core/scope.ts'

/** What a row with its joined service says of it. */
export const serviceRefOf = ({
  service,
  service_name: name,
}: {
  readonly service: string | null
  readonly service_name: string | null
}): { serviceRef?: ServiceRef } => (service === null || name === null ? {} : { serviceRef: { id: service, name } })
