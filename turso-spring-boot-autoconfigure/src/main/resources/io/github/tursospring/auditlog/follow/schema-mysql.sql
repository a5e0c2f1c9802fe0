create table if not exists turso_audit_log_checkpoint (
	follower varchar(200) character set utf8mb4 collate utf8mb4_bin not null,
	organization varchar(255) character set ascii collate ascii_bin not null,
	token longtext not null,
	token_digest varchar(64) not null,
	updated_at datetime(6) not null,
	primary key (follower, organization)
);
