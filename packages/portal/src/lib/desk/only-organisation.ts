import type { Entitlement } from '@scel/contract/values'

/** The one organisation where somebody has a right, where it is one and no more; its services are what they choose among. */
export function onlyOrganisation(held: Entitlement | undefined): string | undefined {
  const { organisations = [], services = [] } = held ?? {}
  return organisations.length === 1 && services.length === 0 ? organisations[0]?.id : undefined
}
