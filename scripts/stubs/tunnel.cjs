// @actions/http-client imports this name for proxies alone: the package, and what it needs of Node, is loaded when one is
// used.
const tunnel = () => require('tunnel/lib/tunnel.js')

exports.httpOverHttp = (options) => tunnel().httpOverHttp(options)
exports.httpsOverHttp = (options) => tunnel().httpsOverHttp(options)
exports.httpOverHttps = (options) => tunnel().httpOverHttps(options)
exports.httpsOverHttps = (options) => tunnel().httpsOverHttps(options)
