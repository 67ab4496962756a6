// What outcomes are called by their type, so that the system knows what to do with them.

export const CMS_TYPE = 'application/pkcs7-mime'
export const SIGNATURE_TYPE = 'application/pkcs7-signature'
/** Content that was opened is nothing that a browser should show by itself. */
export const CONTENT_TYPE = 'application/octet-stream'
