import type { OriginRules } from '../../registration/origin.ts'
import type { ReadUnder } from '../../registration/read-under.ts'
import { scopeAt } from '../../scope.ts'
import { closedService } from '../../services/closed-service.ts'
import { groundOf } from './ground.ts'

/**
 * What a file says of its request. No other row lays down whose it is and by which profile it is read, as a kit does: the
 * request's own code does, and a row that somebody else wrote has none.
 */
export const fileOrigin = (readUnder: Pick<ReadUnder, 'vouchesFor'>): OriginRules => ({
  ground: async (stores, request) => {
    if (request.organisation === undefined || !readUnder.vouchesFor(request)) return undefined
    const organisation = await stores.organisations.find(scopeAt(request), request.organisation)
    return organisation && groundOf(request, organisation)
  },
  hindrance: closedService,
})
