import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;

/**
 * Asks who is logged in, and what one is, a second apart for as many seconds as it is told to; with GO_ON after a
 * failure, too.
 */
public class Sdk {
  private static String ask(WorkspaceClient client) {
    var me = client.currentUser().me(new MeRequest());
    var request = new ExecuteStatementRequest().setStatement("SELECT 1").setWarehouseId(System.getenv("WAREHOUSE_ID"));
    var answer = client.statementExecution().executeStatement(request);
    return client.config().getAuthType() + " " + me.getUserName() + " " + answer.getResult().getDataArray();
  }

  public static void main(String[] arguments) throws Exception {
    WorkspaceClient client = new WorkspaceClient();
    long end = System.currentTimeMillis() + 1000L * Integer.parseInt(arguments[0]);
    do {
      try {
        System.out.println(ask(client));
      } catch (RuntimeException error) {
        if (System.getenv("GO_ON") == null) throw error;
        System.out.println("failed: " + error.getMessage());
      }
      Thread.sleep(1000);
    } while (System.currentTimeMillis() < end);
  }
}
