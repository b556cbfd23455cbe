// @actions/core imports this name for its getIDToken, which nothing here calls.
export class BearerCredentialHandler {
  constructor() {
    throw new Error('left out of this bundle')
  }
}
