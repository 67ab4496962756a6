/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface ServiceErrors {
  service_name_taken: { name: string }
  service_closed: { name: string }
  services_too_many: { most: number }
}
