// Logs in by the default chain of the SDK, which the Databricks CLI and the Terraform provider use, and asks who it is
// and what one is. Again each second, for as many as it is told to; with GO_ON after a failure, too.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/databricks/databricks-sdk-go"
	"github.com/databricks/databricks-sdk-go/service/iam"
	"github.com/databricks/databricks-sdk-go/service/sql"
)

func ask(ctx context.Context, workspace *databricks.WorkspaceClient) error {
	me, err := workspace.CurrentUser.Me(ctx, iam.MeRequest{})
	if err != nil {
		return err
	}
	answer, err := workspace.StatementExecution.ExecuteStatement(ctx, sql.ExecuteStatementRequest{
		Statement:   "SELECT 1",
		WarehouseId: os.Getenv("WAREHOUSE_ID"),
	})
	if err != nil {
		return err
	}
	fmt.Println(workspace.Config.AuthType, me.UserName, answer.Result.DataArray)
	return nil
}

func main() {
	seconds := 0
	if len(os.Args) > 1 {
		seconds, _ = strconv.Atoi(os.Args[1])
	}
	end := time.Now().Add(time.Duration(seconds) * time.Second)
	workspace, err := databricks.NewWorkspaceClient()
	for err == nil {
		if err = ask(context.Background(), workspace); err != nil && os.Getenv("GO_ON") != "" {
			fmt.Println("failed:", err)
			err = nil
		}
		if !time.Now().Before(end) {
			break
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
