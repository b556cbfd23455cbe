import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;

/** Asks who is logged in, and what one is, a second apart for as many seconds as it is told to. */
public class Sdk {
  public static void main(String[] arguments) throws Exception {
    WorkspaceClient client = new WorkspaceClient();
    long end = System.currentTimeMillis() + 1000L * Integer.parseInt(arguments[0]);
    do {
      var me = client.currentUser().me(new MeRequest());
      var request = new ExecuteStatementRequest().setStatement("SELECT 1").setWarehouseId(System.getenv("WAREHOUSE_ID"));
      var answer = client.statementExecution().executeStatement(request);
      System.out.println(client.config().getAuthType() + " " + me.getUserName() + " " + answer.getResult().getDataArray());
      Thread.sleep(1000);
    } while (System.currentTimeMillis() < end);
  }
}
