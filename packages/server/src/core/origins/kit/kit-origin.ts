import { blockView } from '../../applicants/block.ts'
import type { OriginRules } from '../../registration/origin.ts'
import { reachesPlace } from '../../rights/rights.ts'
import { closedService } from '../../services/closed-service.ts'
import { groundOf } from './ground.ts'

/** What a kit says of the requests that were made with it, each by an applicant key. */
export const kitOrigin: OriginRules = {
  ground: async (stores, { environment, origin, owner }) => {
    const kit = await stores.kits.find({ environment }, origin.id)
    const organisation = kit && (await stores.organisations.find({ environment }, kit.organisation))
    return kit && organisation && groundOf(kit, organisation, owner.id)
  },
  // Nobody approves what a blocked key asks for: the block is lifted first, or the request rejected. Nor what is of a closed service.
  hindrance: async (stores, request, viewer) => {
    const block = await stores.blocks.against(request, request.owner.id)
    if (!block) return closedService(stores, request)
    const facts = { request: request.number, at: block.at }
    const refusal = { code: 'request_of_blocked', facts } as const
    if (!viewer) return { refusal, shown: {} }
    return { refusal, shown: { blocked: blockView(block, reachesPlace(viewer, 'block_keys', block)) } }
  },
}
