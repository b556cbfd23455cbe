// @actions/http-client imports this name for getAgentDispatcher, which nothing here calls.
export class ProxyAgent {
  constructor() {
    throw new Error('left out of this bundle')
  }
}
