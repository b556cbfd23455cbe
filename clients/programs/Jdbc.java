import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * Asks over one connection who is logged in, a second apart for as many seconds as the second argument says, and then
 * runs one statement of as many as the third. The first argument is the URL, to which DATABRICKS_TOKEN_JDBC is added
 * where there is one: a secret stands in no argument.
 */
public class Jdbc {
  private static String ask(Connection connection, String query) throws Exception {
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  public static void main(String[] arguments) throws Exception {
    String parameters = System.getenv().getOrDefault("DATABRICKS_TOKEN_JDBC", "");
    long end = System.currentTimeMillis() + 1000L * Integer.parseInt(arguments[1]);
    try (Connection connection = DriverManager.getConnection(arguments[0] + parameters)) {
      do {
        try {
          System.out.println(ask(connection, "SELECT current_user() AS me"));
        } catch (Exception error) {
          if (System.getenv("GO_ON") == null) throw error;
          System.out.println("failed: " + error.getMessage());
        }
        Thread.sleep(1000);
      } while (System.currentTimeMillis() < end);
      int seconds = Integer.parseInt(arguments[2]);
      if (seconds > 0) {
        String sleep = "select java_method('java.lang.Thread', 'sleep', cast(%d as bigint)) as waited";
        System.out.println("waited: " + ask(connection, String.format(sleep, 1000L * seconds)));
        System.out.println(ask(connection, "SELECT current_user() AS me"));
      }
    }
  }
}
