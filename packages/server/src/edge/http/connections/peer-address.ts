import type { FastifyRequest } from 'fastify'

/**
 * Where a call comes from: the address of the connection's other end. No header is believed, since anybody can write
 * one.
 */
export const peerAddress = ({ ip }: Pick<FastifyRequest, 'ip'>): string => plainAddress(ip)

/** A door that takes both families sees IPv4 peers as `::ffff:192.0.2.7`; they are shown as they are known. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=[0-9.]+$)/i, '')
