import { Type } from 'typebox'
import { Cursor, Ok, PageOf, PageSize, RequestNumber } from '../basics/basics.ts'
import { person, route } from '../routing/route.ts'
import { Delivery, DeliveryState } from './values.ts'

export const listDeliveries = route({
  method: 'GET',
  path: '/api/deliveries',
  summary: 'What others are told of, newest first, and how far that has come',
  tag: 'deliveries',
  access: person('read_deliveries'),
  query: Type.Object({ state: Type.Optional(DeliveryState), after: Cursor, size: PageSize }),
  output: PageOf(Delivery),
})

export const resendDelivery = route({
  method: 'POST',
  path: '/api/deliveries/:number/resend',
  summary: 'Send what was not taken again, now; one that was given up is tried for three days more',
  tag: 'deliveries',
  access: person('resend_deliveries'),
  params: Type.Object({ number: RequestNumber }),
  output: Ok,
})
