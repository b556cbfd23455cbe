"""Stands for the compute of a workspace, as Databricks Connect sees it: a server of Spark Connect that knows one query.
Each call has to carry a token that the workspace accepts at that moment. Prints the port that it serves on."""

import json
import os
import ssl
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import grpc
import pyarrow
from pyspark.sql.connect.proto import base_pb2, base_pb2_grpc

trust = ssl.create_default_context(cafile=os.environ["SSL_CERT_FILE"])
# The certificate is that of the workspace's name, and this asks at its address.
trust.check_hostname = False


def who_calls(context):
    """The name behind the token of a call; ends the call for a token that the workspace refuses."""
    token = dict(context.invocation_metadata()).get("authorization", "")
    request = urllib.request.Request(os.environ["WORKSPACE"] + "/api/2.0/preview/scim/v2/Me", headers={"Authorization": token})
    try:
        with urllib.request.urlopen(request, context=trust) as answer:
            return json.load(answer)["userName"]
    except urllib.error.HTTPError as error:
        return context.abort(grpc.StatusCode.UNAUTHENTICATED, f"the workspace says {error.code}")


def rows(me):
    """The result of the one query, as a stream of Arrow."""
    batch = pyarrow.record_batch({"me": [me]})
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return sink.getvalue().to_pybytes()


class Server(base_pb2_grpc.SparkConnectServiceServicer):
    def ExecutePlan(self, request, context):
        me = who_calls(context)
        same = {"session_id": request.session_id, "server_side_session_id": "one", "operation_id": request.operation_id}
        answer = base_pb2.ExecutePlanResponse(**same, response_id="1")
        if request.plan.HasField("command"):
            answer.sql_command_result.relation.CopyFrom(request.plan.command.sql_command.input)
        else:
            answer.arrow_batch.row_count = 1
            answer.arrow_batch.data = rows(me)
        yield answer
        yield base_pb2.ExecutePlanResponse(**same, response_id="2", result_complete={})

    def AnalyzePlan(self, request, context):
        who_calls(context)
        answer = base_pb2.AnalyzePlanResponse(session_id=request.session_id, server_side_session_id="one")
        answer.spark_version.version = "4.0.0"
        answer.spark_version.dbr_version = "19.3.x-scala2.13"
        return answer

    def Config(self, request, context):
        who_calls(context)
        asked = request.operation.get_with_default.pairs
        return base_pb2.ConfigResponse(session_id=request.session_id, server_side_session_id="one", pairs=asked)

    def ReleaseExecute(self, request, context):
        who_calls(context)
        return base_pb2.ReleaseExecuteResponse(session_id=request.session_id, server_side_session_id="one")

    def ReleaseSession(self, request, context):
        return base_pb2.ReleaseSessionResponse(session_id=request.session_id, server_side_session_id="one")


server = grpc.server(ThreadPoolExecutor(4))
base_pb2_grpc.add_SparkConnectServiceServicer_to_server(Server(), server)
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
server.wait_for_termination()
