// Asks over one connection who is logged in, a second apart for as many seconds as it is told to. The driver asks for a
// token on every request; the command prints the kept one without a request of its own. With GO_ON it outlives failures.
package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	dbsql "github.com/databricks/databricks-sql-go"
)

func token() (string, error) {
	command := exec.Command("databricks-token")
	command.Stderr = os.Stderr
	printed, err := command.Output()
	return strings.TrimSpace(string(printed)), err
}

func ask(ctx context.Context, connection *sql.Conn) error {
	var me string
	if err := connection.QueryRowContext(ctx, "SELECT current_user() AS me").Scan(&me); err != nil {
		return err
	}
	fmt.Println(me)
	return nil
}

func run() error {
	ctx := context.Background()
	connector, err := dbsql.NewConnector(
		dbsql.WithServerHostname(os.Getenv("DATABRICKS_SERVER_HOSTNAME")),
		dbsql.WithPort(443),
		dbsql.WithHTTPPath(os.Getenv("DATABRICKS_HTTP_PATH")),
		dbsql.WithExternalToken(token),
	)
	if err != nil {
		return err
	}
	connection, err := sql.OpenDB(connector).Conn(ctx)
	if err != nil {
		return err
	}
	defer connection.Close()
	seconds, _ := strconv.Atoi(os.Args[1])
	for end := time.Now().Add(time.Duration(seconds) * time.Second); err == nil && time.Now().Before(end); {
		if err = ask(ctx, connection); err != nil && os.Getenv("GO_ON") != "" {
			fmt.Println("failed:", err)
			err = nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
