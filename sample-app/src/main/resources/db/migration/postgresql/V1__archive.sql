-- The last sequence number that was given; one row.
create table archive_head (sequence bigint not null);
insert into archive_head values (0);

-- One row an organization: the head of its chain, and what its entries come to.
create table organization (
	name text primary key,
	entries bigint not null,
	oldest bigint not null,
	newest bigint not null,
	last_sequence bigint not null,
	head bytea not null,
	anchor_sequence bigint not null,
	anchor bytea not null
);

-- The combinations of organization, code, author and origin that occur.
create table facet (
	id integer generated always as identity primary key,
	organization text not null,
	kind text not null,
	code text not null,
	author text not null,
	origin text not null,
	unique (organization, code, author, origin)
);

-- What is searched: narrow, since a search for text reads all of it.
create table entry (
	sequence bigint primary key,
	second bigint not null,
	facet_id integer not null,
	resource text not null,
	text text not null
);
create index entry_time on entry (second, sequence, facet_id);

-- What is shown and proven.
create table content (
	sequence bigint primary key,
	json text not null,
	hash bytea not null
);

-- Entries a day (UTC) and facet.
create table daily (
	day bigint not null,
	facet_id integer not null,
	entries bigint not null,
	primary key (day, facet_id)
);

create table gap (
	organization text not null,
	after_second bigint not null,
	before_second bigint not null,
	detected_at bigint not null,
	primary key (organization, after_second, before_second)
);

create table seal (
	organization text not null,
	day text not null,
	first_sequence bigint not null,
	last_sequence bigint not null,
	entries bigint not null,
	head text not null,
	previous text not null,
	signature text not null,
	public_key text not null,
	sealed_at text not null,
	primary key (organization, day)
);

-- For people with a database client.
create view audit_log as
select entry.sequence, facet.organization, to_timestamp(entry.second) as created_at, facet.code, facet.author,
	facet.origin, content.json::json ->> 'message' as message, content.json, encode(content.hash, 'hex') as hash
from entry join facet on facet.id = entry.facet_id join content on content.sequence = entry.sequence;

-- ShedLock: one instance archives, all serve.
create table shedlock (
	name varchar(255) primary key,
	lock_until timestamp not null,
	locked_at timestamp not null,
	locked_by varchar(255) not null
);
