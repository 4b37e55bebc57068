//! What the program says when it can't start, and what its flags do when it can.
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use http::StatusCode;
use sqlx::{Connection, Row};

use crate::support::client::Client;
use crate::support::database;
use crate::support::server::{Server, run};
use crate::support::site::{Author, EMAIL, PASSWORD, SHOW};

const ANY: [&str; 2] = ["--listen", "127.0.0.1:0"];

/// The one sentence that the program ends with; its log lines come before it.
fn refused(data: &Path, flags: &[&str]) -> String {
    let (status, _, said) = run(data, flags, "");
    assert!(!status.success(), "{flags:?} was taken");
    assert!(!said.contains("panicked"), "{said}");
    let mut lines: Vec<&str> = said
        .lines()
        .filter(|l| l.starts_with("daebon: ") || l.starts_with("error: "))
        .collect();
    assert_eq!(lines.len(), 1, "{flags:?}: {said}");
    lines.remove(0).to_owned()
}

#[tokio::test]
async fn a_second_process_on_the_same_folder_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let said = refused(folder.path(), &ANY);
    assert!(said.contains("another Daebon already works on"), "{said}");
    let answer = Client::new(&server.base).get("/readyz").await;
    assert_eq!(answer.status, StatusCode::OK, "the first one is as well");
}

#[test]
fn what_is_wrong_is_said_in_one_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();

    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let said = refused(data, &["--listen", &address]);
    assert!(
        said.contains(&address) && said.contains("--listen"),
        "{said}"
    );

    // A file stands where the folder should be: no user can write there, root neither.
    let file = data.join("file");
    fs::write(&file, "not a folder").expect("written");
    let said = refused(&file.join("below"), &ANY);
    assert!(said.contains("below"), "{said}");

    let other = data.join("other");
    fs::create_dir(&other).expect("made");
    fs::write(other.join("daebon.db"), "no database at all, but a text").expect("written");
    let said = refused(&other, &ANY);
    assert!(said.contains("daebon.db"), "{said}");

    for (flags, named) in [
        (&["--listen", "nowhere"][..], "--listen"),
        (&["--public-url", "example.org"], "--public-url"),
        (
            &["--public-url", "https://example.org/below"],
            "--public-url",
        ),
        (&["--max-upload", "2 parsecs"], "--max-upload"),
        (&["--cache-bytes", "much"], "--cache-bytes"),
        (&["--trusted-proxies", "somebody"], "--trusted-proxies"),
        (&["--database-url", "mysql://a/b"], "--database-url"),
        (&["--websub-hub", "hub.example"], "--websub-hub"),
        (
            &["--websub-hub", "https://me:word@hub.example/"],
            "--websub-hub",
        ),
        (&["--podping-token", "two words"], "--podping-token"),
        (
            &["--podping-token-file", "/nowhere/at/all"],
            "--podping-token-file",
        ),
        (
            &["--podping-token", "x", "--podping-url", "ftp://a/"],
            "--podping-url",
        ),
        (
            &["--podping-token", "x", "--podping-token-file", "y"],
            "--podping-token",
        ),
        (&["--admin-email", "a@example.org"], "--admin-password-file"),
        (&["--colour", "red"], "--colour"),
        (&["fly"], "fly"),
    ] {
        let all: Vec<&str> = flags.iter().chain(&ANY).copied().collect();
        // `--listen` twice would be another fault.
        let all = if flags[0] == "--listen" { flags } else { &all };
        let said = refused(data, all);
        let about = said.contains(named) || named == "--admin-password-file";
        assert!(about, "{flags:?}: {said}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    fs::create_dir(&data).expect("made");
    let closed = fs::Permissions::from_mode(0o500);
    fs::set_permissions(&data, closed).expect("set");
    if fs::write(data.join("try"), "").is_ok() {
        // Modes do not hold root back; a file system that is mounted for reading does.
        fs::remove_file(data.join("try")).expect("removed");
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", "ro,size=1m", "daebon-test"])
            .arg(&data)
            .status();
        if !mounted.is_ok_and(|s| s.success()) {
            println!("left out: this user may write everywhere and mount nothing");
            return;
        }
    }
    let said = refused(&data, &ANY);
    let _ = std::process::Command::new("umount").arg(&data).status();
    let path = data.to_str().expect("UTF-8");
    assert!(said.contains("cannot") && said.contains(path), "{said}");
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    Server::start(folder.path()).end();
    let mut database = database::open(folder.path()).await;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (99991231235959, 'of the future', 1, x'00', 0)",
    )
    .execute(&mut database)
    .await
    .expect("written");
    database.close().await.expect("closed");
    let before = fs::read(folder.path().join("daebon.db")).expect("read");
    let said = refused(folder.path(), &ANY);
    assert!(said.contains("newer Daebon"), "{said}");
    let after = fs::read(folder.path().join("daebon.db")).expect("read");
    assert!(before == after, "it was changed all the same");
}

#[tokio::test]
async fn a_password_is_reset_beside_the_running_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let author = Author::set_up(&server).await;
    let reset = ["user", "reset-password"];

    let (status, _, said) = run(folder.path(), &reset, "short\n");
    assert!(!status.success() && said.contains("12"), "{said}");
    let still = author.client.get("/admin").await;
    assert_eq!(still.status, StatusCode::OK);

    let (status, told, said) = run(folder.path(), &reset, "quite another sentence\n");
    assert!(status.success(), "{said}");
    assert!(told.contains(EMAIL), "{told}");
    let out = author.client.get("/admin").await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "the old session goes on");
    assert!(out.header("location").starts_with("/admin/login"));
    assert!(Author::log_in(&server.base, EMAIL, PASSWORD).await.is_err());
    let new = Author::log_in(&server.base, EMAIL, "quite another sentence").await;
    assert!(new.is_ok(), "the new password opens nothing");

    let nobody = [&reset[..], &["--email", "nobody@example.org"]].concat();
    let (status, _, said) = run(folder.path(), &nobody, "quite another sentence\n");
    assert!(
        !status.success() && said.contains("nobody@example.org"),
        "{said}"
    );
    let elsewhere = folder.path().join("elsewhere");
    let (status, _, said) = run(&elsewhere, &reset, "quite another sentence\n");
    assert!(!status.success() && said.contains("--data"), "{said}");
    assert!(!elsewhere.exists(), "a folder was made for nothing");
}

#[tokio::test]
async fn the_first_account_can_be_made_by_flags() {
    let folder = tempfile::tempdir().expect("a folder");
    let secret = folder.path().join("secret");
    fs::write(&secret, format!("{PASSWORD}\n")).expect("written");
    let data = folder.path().join("data");
    let file = secret.to_str().expect("UTF-8");
    let who = ["--admin-email", EMAIL, "--admin-password-file", file];
    let flags = [&ANY[..], &who].concat();
    let server = Server::start_with(&data, &flags);
    assert_eq!(server.setup, None, "there is an account, so no set-up");
    assert!(Author::log_in(&server.base, EMAIL, PASSWORD).await.is_ok());
    server.end();

    // The flags may stay in a unit file: they change nothing later.
    fs::write(&secret, "quite another sentence").expect("written");
    let server = Server::start_with(&data, &flags);
    assert!(Author::log_in(&server.base, EMAIL, PASSWORD).await.is_ok());
    server.end();

    fs::write(&secret, "short").expect("written");
    let said = refused(&folder.path().join("fresh"), &flags);
    assert!(said.contains("12"), "{said}");
    fs::remove_file(&secret).expect("removed");
    let said = refused(&folder.path().join("fresh"), &flags);
    assert!(said.contains("--admin-password-file"), "{said}");
}

#[tokio::test]
async fn the_demo_fills_an_empty_folder_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let demo = [&ANY[..], &["--demo"]].concat();
    let server = Server::start_with(folder.path(), &demo);
    let page = Client::new(&server.base).get("/@demo").await;
    assert_eq!(page.status, StatusCode::OK);
    server.end();

    let own = tempfile::tempdir().expect("a folder");
    let server = Server::start(own.path());
    Author::set_up(&server).await;
    server.end();
    let count = || async {
        let mut database = database::open(own.path()).await;
        let row = sqlx::query("SELECT (SELECT count(*) FROM shows), (SELECT count(*) FROM posts)")
            .fetch_one(&mut database)
            .await
            .expect("read");
        database.close().await.expect("closed");
        (row.get::<i64, _>(0), row.get::<i64, _>(1))
    };
    let before = count().await;
    let server = Server::start_with(own.path(), &demo);
    let client = Client::new(&server.base);
    assert_eq!(client.get("/@demo").await.status, StatusCode::NOT_FOUND);
    let show = client.get(&format!("/@{SHOW}")).await;
    assert_eq!(show.status, StatusCode::OK);
    let (_, log) = server.end();
    let said = log.lines().filter(|l| l.contains("--demo")).count();
    assert_eq!(said, 1, "{log}");
    assert_eq!(count().await, before);
}
