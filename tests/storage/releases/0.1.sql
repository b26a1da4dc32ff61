-- A small hall as release 0.1 left it, half-way through a morning.
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'hall','001_hall','2026-11-22 06:42:43.292839+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'hall','002_people','2026-11-22 06:42:43.300527+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'hall','003_ratings','2026-11-22 06:42:43.301349+00:00');
CREATE TABLE accounts (
        hall TEXT NOT NULL,
        staff TEXT NOT NULL,
        password_hash TEXT,
        one_time INTEGER NOT NULL DEFAULT 0 CHECK (one_time IN (0, 1)),
        changed_at TEXT,
        PRIMARY KEY (hall, staff)
    );
INSERT INTO "accounts" VALUES('small','li','$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g',1,'2026-10-12T01:00:00.000Z');
INSERT INTO "accounts" VALUES('small','wang',NULL,0,NULL);
INSERT INTO "accounts" VALUES('small','chen',NULL,0,NULL);
INSERT INTO "accounts" VALUES('small','admin','$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g',0,'2026-10-12T01:00:00.000Z');
CREATE TABLE answers (
        hall TEXT NOT NULL, key TEXT NOT NULL, actor TEXT NOT NULL, route TEXT NOT NULL, body TEXT NOT NULL,
        answer TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (hall, actor, key));
INSERT INTO "answers" VALUES('small','key-3','staff:li','','','{"ticket": null, "window": {"window": "1", "state": "open", "clerk": {"id": "li", "name": {"zh_Hans": "\u674e\u654f", "zh_Hant": "\u674e\u654f", "en": "Li Min"}, "post": {"zh_Hans": "\u6237\u7c4d\u7a97\u53e3\u5de5\u4f5c\u4eba\u5458", "zh_Hant": "\u6236\u7c4d\u7a97\u53e3\u5de5\u4f5c\u4eba\u54e1", "en": "Registration clerk"}, "promise": {"zh_Hans": "\u4e00\u6b21\u8bf4\u6e05\uff0c\u9a6c\u4e0a\u5c31\u529e\u3002", "zh_Hant": "\u4e00\u6b21\u8aaa\u6e05\uff0c\u99ac\u4e0a\u5c31\u8fa6\u3002", "en": "Told once, done at once."}}, "pause_reason": null, "sign": null, "since": "2026-10-12T01:00:00.000Z", "ticket": null, "number": null, "service": null, "ticket_state": null}, "previous": null, "seq": 1, "undo_until": null}','2026-10-12T01:00:00.000Z');
INSERT INTO "answers" VALUES('small','key-4','staff:wang','','','{"ticket": null, "window": {"window": "3", "state": "open", "clerk": {"id": "wang", "name": {"zh_Hans": "\u738b\u5f3a", "zh_Hant": "\u738b\u5f37", "en": "Wang Qiang"}, "post": {"zh_Hans": "\u793e\u4fdd\u7a97\u53e3\u5de5\u4f5c\u4eba\u5458", "zh_Hant": "\u793e\u4fdd\u7a97\u53e3\u5de5\u4f5c\u4eba\u54e1", "en": "Social security clerk"}, "promise": {"zh_Hans": "\u5fae\u7b11\u670d\u52a1\uff0c\u4e0d\u8ba9\u60a8\u591a\u8dd1\u4e00\u8d9f\u3002", "zh_Hant": "\u5fae\u7b11\u670d\u52d9\uff0c\u4e0d\u8b93\u60a8\u591a\u8dd1\u4e00\u8d9f\u3002", "en": "With a smile, and no second trip."}}, "pause_reason": null, "sign": null, "since": "2026-10-12T01:00:00.000Z", "ticket": null, "number": null, "service": null, "ticket_state": null}, "previous": null, "seq": 2, "undo_until": null}','2026-10-12T01:00:00.000Z');
INSERT INTO "answers" VALUES('small','key-5','device:kiosk','','','{"ticket": {"ticket": "qqBIzkeess_t", "number": "A001", "service": "id-card", "state": "waiting", "window": null, "called_at": null, "calls": 0}, "joined_at": "2026-10-12T01:00:00.000Z", "seq": 3, "ahead": 0, "low": 0, "high": 0}','2026-10-12T01:00:00.000Z');
INSERT INTO "answers" VALUES('small','key-6','device:kiosk','','','{"ticket": {"ticket": "5JX3NiFbgUWj", "number": "A002", "service": "id-card", "state": "waiting", "window": null, "called_at": null, "calls": 0}, "joined_at": "2026-10-12T01:01:00.000Z", "seq": 4, "ahead": 1, "low": 3, "high": 9}','2026-10-12T01:01:00.000Z');
CREATE TABLE devices (
        hall TEXT NOT NULL,
        device TEXT NOT NULL,
        token_hash TEXT NOT NULL,
        kind TEXT NOT NULL,
        place TEXT,
        language TEXT,
        paired_at TEXT NOT NULL,
        paired_from TEXT NOT NULL,
        revoked_at TEXT,
        PRIMARY KEY (hall, device),
        UNIQUE (hall, token_hash)
    );
INSERT INTO "devices" VALUES('small','kiosk1','cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','kiosk',NULL,NULL,'2026-10-12T01:00:00.000Z','10.0.0.8',NULL);
INSERT INTO "devices" VALUES('small','pad1','dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','pad','1',NULL,'2026-10-12T01:00:00.000Z','10.0.0.9','2026-10-12T01:00:00.000Z');
CREATE TABLE events (
        hall TEXT NOT NULL, seq BIGINT NOT NULL, at TEXT NOT NULL, action TEXT NOT NULL, press TEXT NOT NULL,
        actor TEXT NOT NULL, ticket TEXT, "window" TEXT, before TEXT NOT NULL, after TEXT NOT NULL,
        shown TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (hall, seq));
INSERT INTO "events" VALUES('small',1,'2026-10-12T01:00:00.000Z','sit','b6ba27ee9dcc8ea1','staff:li',NULL,'1','{"clerk":null,"since":null,"state":"closed"}','{"clerk":"li","since":"2026-10-12T01:00:00.000Z","state":"open"}','{}','0000000000000000000000000000000000000000000000000000000000000000','e1d374801cef2c24de7b7e2f92bb17f48f8e858c644f2117326ef0e70c69b10c');
INSERT INTO "events" VALUES('small',2,'2026-10-12T01:00:00.000Z','sit','bbf1ae796651c410','staff:wang',NULL,'3','{"clerk":null,"since":null,"state":"closed"}','{"clerk":"wang","since":"2026-10-12T01:00:00.000Z","state":"open"}','{}','e1d374801cef2c24de7b7e2f92bb17f48f8e858c644f2117326ef0e70c69b10c','e87bfa5a4109b2e94e05db40215e7b4d82833d99dbb05540743937c2162dd828');
INSERT INTO "events" VALUES('small',3,'2026-10-12T01:00:00.000Z','issue','0eb30f1945f18184','device:kiosk','qqBIzkeess_t',NULL,'{}','{"state":"waiting"}','{"called_at":null,"calls":0,"clerk":null,"direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:00:00.000Z","line_at":"2026-10-12T01:00:00.000Z","number":"A001","outcome":null,"service":"id-card","started_at":null,"state":"waiting","ticket":"qqBIzkeess_t","ticket_class":"walk_in","tie":3145728,"window":null}','e87bfa5a4109b2e94e05db40215e7b4d82833d99dbb05540743937c2162dd828','34e68da426693d5b9108c39d7e1015fda20fbaf8879f3b217b3004a0446919d4');
INSERT INTO "events" VALUES('small',4,'2026-10-12T01:01:00.000Z','issue','1a25c3fd0821ce06','device:kiosk','5JX3NiFbgUWj',NULL,'{}','{"state":"waiting"}','{"called_at":null,"calls":0,"clerk":null,"direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:01:00.000Z","line_at":"2026-10-12T01:01:00.000Z","number":"A002","outcome":null,"service":"id-card","started_at":null,"state":"waiting","ticket":"5JX3NiFbgUWj","ticket_class":"priority","tie":4194304,"window":null}','34e68da426693d5b9108c39d7e1015fda20fbaf8879f3b217b3004a0446919d4','35a6d78980ec24503749224666f36367d8eb8f845f8da681624dc05b377348bf');
INSERT INTO "events" VALUES('small',5,'2026-10-12T01:02:00.000Z','issue','a4155209d7046e36','device:kiosk','yASvfWQ2pCDb',NULL,'{}','{"state":"waiting"}','{"called_at":null,"calls":0,"clerk":null,"direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:02:00.000Z","line_at":"2026-10-12T01:02:00.000Z","number":"B001","outcome":null,"service":"household","started_at":null,"state":"waiting","ticket":"yASvfWQ2pCDb","ticket_class":"walk_in","tie":5242880,"window":null}','35a6d78980ec24503749224666f36367d8eb8f845f8da681624dc05b377348bf','d862b64fe69272678b5575d5f44928649baff11d8fecca151d853c332ba69a3d');
INSERT INTO "events" VALUES('small',6,'2026-10-12T01:03:00.000Z','issue','cc46cded31f1f11d','device:kiosk','1K-9ObFw04TH',NULL,'{}','{"state":"waiting"}','{"called_at":null,"calls":0,"clerk":null,"direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:03:00.000Z","line_at":"2026-10-12T01:03:00.000Z","number":"D001","outcome":null,"service":"pension","started_at":null,"state":"waiting","ticket":"1K-9ObFw04TH","ticket_class":"walk_in","tie":6291456,"window":null}','d862b64fe69272678b5575d5f44928649baff11d8fecca151d853c332ba69a3d','577c7df7d5927c7fc317b2403326d88d78b549feacfa7f3081582ffdfb88ca60');
INSERT INTO "events" VALUES('small',7,'2026-10-12T01:04:00.000Z','issue','382c89f476efcd1b','device:kiosk','dSz57qhMlfkf',NULL,'{}','{"state":"waiting"}','{"called_at":null,"calls":0,"clerk":null,"direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:04:00.000Z","line_at":"2026-10-12T01:04:00.000Z","number":"A003","outcome":null,"service":"id-card","started_at":null,"state":"waiting","ticket":"dSz57qhMlfkf","ticket_class":"walk_in","tie":7340032,"window":null}','577c7df7d5927c7fc317b2403326d88d78b549feacfa7f3081582ffdfb88ca60','2e0a0e80d4e3e778585b570f56af92ce243e50c1e51c5105ceba11bf51810cb5');
INSERT INTO "events" VALUES('small',8,'2026-10-12T01:05:00.000Z','issue','4c620170be2d1643','device:kiosk','lM6-qd6Zw7Pu',NULL,'{}','{"state":"waiting"}','{"called_at":null,"calls":0,"clerk":null,"direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:05:00.000Z","line_at":"2026-10-12T01:05:00.000Z","number":"C001","outcome":null,"service":"residence-permit","started_at":null,"state":"waiting","ticket":"lM6-qd6Zw7Pu","ticket_class":"walk_in","tie":8388608,"window":null}','2e0a0e80d4e3e778585b570f56af92ce243e50c1e51c5105ceba11bf51810cb5','3eb5839ba792fadcfcbe5609661d33e13e31e9a6860379602c4f50e22587a1b6');
INSERT INTO "events" VALUES('small',9,'2026-10-12T01:06:00.000Z','issue','60ea73c073c39fdf','device:kiosk','8-BqGMMSufk6',NULL,'{}','{"state":"waiting"}','{"called_at":null,"calls":0,"clerk":null,"direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:06:00.000Z","line_at":"2026-10-12T01:06:00.000Z","number":"E001","outcome":null,"service":"job-seeker","started_at":null,"state":"waiting","ticket":"8-BqGMMSufk6","ticket_class":"walk_in","tie":9437184,"window":null}','3eb5839ba792fadcfcbe5609661d33e13e31e9a6860379602c4f50e22587a1b6','186aef9d4299a8d34d353af0a6c7ec6f7005603af805449827e52f22b3ba3ea9');
INSERT INTO "events" VALUES('small',10,'2026-10-12T01:07:00.000Z','call','182d2459a5a5f1d7','staff:li','5JX3NiFbgUWj','1','{"called_at":null,"calls":0,"clerk":null,"state":"waiting","window":null}','{"called_at":"2026-10-12T01:07:00.000Z","calls":1,"clerk":"li","state":"called","window":"1"}','{"called_at":"2026-10-12T01:07:00.000Z","calls":1,"clerk":"li","direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:01:00.000Z","line_at":"2026-10-12T01:01:00.000Z","number":"A002","outcome":null,"service":"id-card","started_at":null,"state":"called","ticket":"5JX3NiFbgUWj","ticket_class":"priority","tie":4194304,"window":"1"}','186aef9d4299a8d34d353af0a6c7ec6f7005603af805449827e52f22b3ba3ea9','d2aff5381b86ee3e39ae3d62f0c6bd722b620dba4d05fb114844c51ff3829a7b');
INSERT INTO "events" VALUES('small',11,'2026-10-12T01:07:00.000Z','serve','b7c380c09864b3b1','staff:li','5JX3NiFbgUWj','1','{"started_at":null,"state":"called"}','{"started_at":"2026-10-12T01:07:00.000Z","state":"serving"}','{"called_at":"2026-10-12T01:07:00.000Z","calls":1,"clerk":"li","direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:01:00.000Z","line_at":"2026-10-12T01:01:00.000Z","number":"A002","outcome":null,"service":"id-card","started_at":"2026-10-12T01:07:00.000Z","state":"serving","ticket":"5JX3NiFbgUWj","ticket_class":"priority","tie":4194304,"window":"1"}','d2aff5381b86ee3e39ae3d62f0c6bd722b620dba4d05fb114844c51ff3829a7b','1f2d11137d2d0495fbb1db24e50b4252d3dd6667da7f5eb526cc24d893a8cdd9');
INSERT INTO "events" VALUES('small',12,'2026-10-12T01:12:00.000Z','finish','f90502d764ce33f2','staff:li','5JX3NiFbgUWj','1','{"finished_at":null,"outcome":null,"state":"serving"}','{"finished_at":"2026-10-12T01:12:00.000Z","outcome":"done","state":"finished"}','{"called_at":"2026-10-12T01:07:00.000Z","calls":1,"clerk":"li","direct_window":null,"finished_at":"2026-10-12T01:12:00.000Z","held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:01:00.000Z","line_at":"2026-10-12T01:01:00.000Z","number":"A002","outcome":"done","service":"id-card","started_at":"2026-10-12T01:07:00.000Z","state":"finished","ticket":"5JX3NiFbgUWj","ticket_class":"priority","tie":4194304,"window":"1"}','1f2d11137d2d0495fbb1db24e50b4252d3dd6667da7f5eb526cc24d893a8cdd9','5822f22b338afa119b9cb28609e7d3ffc00fb838f80cc9430d27a50011042fa1');
INSERT INTO "events" VALUES('small',13,'2026-10-12T01:12:00.000Z','rate','1730d860074f515c','device:kiosk','5JX3NiFbgUWj','1','{}','{"channel":"pad","comment":"1a484c93abda04e95d4740681e46249f56fc3d2f21bc2c75850245de9ae4b2b7","level":"dissatisfied","reasons":["202"]}','{"called_at":"2026-10-12T01:07:00.000Z","calls":1,"clerk":"li","direct_window":null,"finished_at":"2026-10-12T01:12:00.000Z","held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:01:00.000Z","line_at":"2026-10-12T01:01:00.000Z","number":"A002","outcome":"done","service":"id-card","started_at":"2026-10-12T01:07:00.000Z","state":"finished","ticket":"5JX3NiFbgUWj","ticket_class":"priority","tie":4194304,"window":"1"}','5822f22b338afa119b9cb28609e7d3ffc00fb838f80cc9430d27a50011042fa1','5c27d199ea071e45e7bd0110c78377a8ac4af27090a282cdb264a783ab5c6f59');
INSERT INTO "events" VALUES('small',14,'2026-10-12T01:12:00.000Z','call','9c47338c63a36848','staff:wang','1K-9ObFw04TH','3','{"called_at":null,"calls":0,"clerk":null,"state":"waiting","window":null}','{"called_at":"2026-10-12T01:12:00.000Z","calls":1,"clerk":"wang","state":"called","window":"3"}','{"called_at":"2026-10-12T01:12:00.000Z","calls":1,"clerk":"wang","direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:03:00.000Z","line_at":"2026-10-12T01:03:00.000Z","number":"D001","outcome":null,"service":"pension","started_at":null,"state":"called","ticket":"1K-9ObFw04TH","ticket_class":"walk_in","tie":6291456,"window":"3"}','5c27d199ea071e45e7bd0110c78377a8ac4af27090a282cdb264a783ab5c6f59','2d2c0805db99b7d15116f6656aaf676cb5752f1a91b7895acc15d4b0083ec2ac');
INSERT INTO "events" VALUES('small',15,'2026-10-12T01:12:00.000Z','serve','fe2379e4815c88c2','staff:wang','1K-9ObFw04TH','3','{"started_at":null,"state":"called"}','{"started_at":"2026-10-12T01:12:00.000Z","state":"serving"}','{"called_at":"2026-10-12T01:12:00.000Z","calls":1,"clerk":"wang","direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:03:00.000Z","line_at":"2026-10-12T01:03:00.000Z","number":"D001","outcome":null,"service":"pension","started_at":"2026-10-12T01:12:00.000Z","state":"serving","ticket":"1K-9ObFw04TH","ticket_class":"walk_in","tie":6291456,"window":"3"}','2d2c0805db99b7d15116f6656aaf676cb5752f1a91b7895acc15d4b0083ec2ac','023d62df0d746b982b205984ab0927cbc2f29575820d91f03cac11794d17f513');
INSERT INTO "events" VALUES('small',16,'2026-10-12T01:21:00.000Z','finish','10d71e875ba7e454','staff:wang','1K-9ObFw04TH','3','{"finished_at":null,"outcome":null,"state":"serving"}','{"finished_at":"2026-10-12T01:21:00.000Z","outcome":"done","state":"finished"}','{"called_at":"2026-10-12T01:12:00.000Z","calls":1,"clerk":"wang","direct_window":null,"finished_at":"2026-10-12T01:21:00.000Z","held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:03:00.000Z","line_at":"2026-10-12T01:03:00.000Z","number":"D001","outcome":"done","service":"pension","started_at":"2026-10-12T01:12:00.000Z","state":"finished","ticket":"1K-9ObFw04TH","ticket_class":"walk_in","tie":6291456,"window":"3"}','023d62df0d746b982b205984ab0927cbc2f29575820d91f03cac11794d17f513','c0607a86418415b353ba064cfa21144e12821d93cc4bf6544f2fa265b585ac18');
INSERT INTO "events" VALUES('small',17,'2026-10-12T01:21:00.000Z','rate','79e8647ba8026544','device:kiosk','1K-9ObFw04TH','3','{}','{"channel":"phone","level":"very_satisfied","reasons":[]}','{"called_at":"2026-10-12T01:12:00.000Z","calls":1,"clerk":"wang","direct_window":null,"finished_at":"2026-10-12T01:21:00.000Z","held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:03:00.000Z","line_at":"2026-10-12T01:03:00.000Z","number":"D001","outcome":"done","service":"pension","started_at":"2026-10-12T01:12:00.000Z","state":"finished","ticket":"1K-9ObFw04TH","ticket_class":"walk_in","tie":6291456,"window":"3"}','c0607a86418415b353ba064cfa21144e12821d93cc4bf6544f2fa265b585ac18','f50ca364ef11253766f56322f8bcf780af2fe1298903b177998174418569ef62');
INSERT INTO "events" VALUES('small',18,'2026-10-12T01:21:00.000Z','call','82a95eed1be44a0d','staff:li','qqBIzkeess_t','1','{"called_at":null,"calls":0,"clerk":null,"state":"waiting","window":null}','{"called_at":"2026-10-12T01:21:00.000Z","calls":1,"clerk":"li","state":"called","window":"1"}','{"called_at":"2026-10-12T01:21:00.000Z","calls":1,"clerk":"li","direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:00:00.000Z","line_at":"2026-10-12T01:00:00.000Z","number":"A001","outcome":null,"service":"id-card","started_at":null,"state":"called","ticket":"qqBIzkeess_t","ticket_class":"walk_in","tie":3145728,"window":"1"}','f50ca364ef11253766f56322f8bcf780af2fe1298903b177998174418569ef62','015f70007e2147eaddc9397542c2bde8883ca40ae6cc96c6727c96ea813b8eae');
INSERT INTO "events" VALUES('small',19,'2026-10-12T01:21:00.000Z','recall','8b47520c441f0b4d','staff:li','qqBIzkeess_t','1','{"calls":1}','{"calls":2}','{"called_at":"2026-10-12T01:21:00.000Z","calls":2,"clerk":"li","direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:00:00.000Z","line_at":"2026-10-12T01:00:00.000Z","number":"A001","outcome":null,"service":"id-card","started_at":null,"state":"called","ticket":"qqBIzkeess_t","ticket_class":"walk_in","tie":3145728,"window":"1"}','015f70007e2147eaddc9397542c2bde8883ca40ae6cc96c6727c96ea813b8eae','0bca819b0498dfd9d185ce4ee4e1ae5302203a3140a05577141ce6af36a81043');
INSERT INTO "events" VALUES('small',20,'2026-10-12T01:21:00.000Z','mark_no_show','9fcea9f118530bb8','staff:li','qqBIzkeess_t','1','{"state":"called"}','{"state":"no_show"}','{"called_at":"2026-10-12T01:21:00.000Z","calls":2,"clerk":"li","direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:00:00.000Z","line_at":"2026-10-12T01:00:00.000Z","number":"A001","outcome":null,"service":"id-card","started_at":null,"state":"no_show","ticket":"qqBIzkeess_t","ticket_class":"walk_in","tie":3145728,"window":"1"}','0bca819b0498dfd9d185ce4ee4e1ae5302203a3140a05577141ce6af36a81043','2dde00dd2709b3e85e9c5539cb4e4d6f757ae21008189ff610535f3a314aea3f');
INSERT INTO "events" VALUES('small',21,'2026-10-12T01:21:00.000Z','call','cac1e1465e17e2a5','staff:li','yASvfWQ2pCDb','1','{"called_at":null,"calls":0,"clerk":null,"state":"waiting","window":null}','{"called_at":"2026-10-12T01:21:00.000Z","calls":1,"clerk":"li","state":"called","window":"1"}','{"called_at":"2026-10-12T01:21:00.000Z","calls":1,"clerk":"li","direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:02:00.000Z","line_at":"2026-10-12T01:02:00.000Z","number":"B001","outcome":null,"service":"household","started_at":null,"state":"called","ticket":"yASvfWQ2pCDb","ticket_class":"walk_in","tie":5242880,"window":"1"}','2dde00dd2709b3e85e9c5539cb4e4d6f757ae21008189ff610535f3a314aea3f','d59e4207740b2e2d185dd1532bcff0e36d634eafe0b575b2455cf99058f24c68');
INSERT INTO "events" VALUES('small',22,'2026-10-12T01:21:00.000Z','undo','8566b52612aaf99d','staff:li','yASvfWQ2pCDb','1','{"called_at":"2026-10-12T01:21:00.000Z","calls":1,"clerk":"li","state":"called","window":"1"}','{"called_at":null,"calls":0,"clerk":null,"state":"waiting","window":null}','{"called_at":null,"calls":0,"clerk":null,"direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:02:00.000Z","line_at":"2026-10-12T01:02:00.000Z","number":"B001","outcome":null,"service":"household","started_at":null,"state":"waiting","ticket":"yASvfWQ2pCDb","ticket_class":"walk_in","tie":5242880,"window":null}','d59e4207740b2e2d185dd1532bcff0e36d634eafe0b575b2455cf99058f24c68','42346dd1f93e41c4e25a9314210027769086e262334d4119224b9c9e8fa320c8');
INSERT INTO "events" VALUES('small',23,'2026-10-12T01:21:00.000Z','call','e4e277af4aa5d362','staff:li','yASvfWQ2pCDb','1','{"called_at":null,"calls":0,"clerk":null,"state":"waiting","window":null}','{"called_at":"2026-10-12T01:21:00.000Z","calls":1,"clerk":"li","state":"called","window":"1"}','{"called_at":"2026-10-12T01:21:00.000Z","calls":1,"clerk":"li","direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:02:00.000Z","line_at":"2026-10-12T01:02:00.000Z","number":"B001","outcome":null,"service":"household","started_at":null,"state":"called","ticket":"yASvfWQ2pCDb","ticket_class":"walk_in","tie":5242880,"window":"1"}','42346dd1f93e41c4e25a9314210027769086e262334d4119224b9c9e8fa320c8','7e64e1a5c9f67495851e67e8a09c708568e91d8e465134f29ffe528716d273a9');
INSERT INTO "events" VALUES('small',24,'2026-10-12T01:21:00.000Z','serve','4a865f143b39aec2','staff:li','yASvfWQ2pCDb','1','{"started_at":null,"state":"called"}','{"started_at":"2026-10-12T01:21:00.000Z","state":"serving"}','{"called_at":"2026-10-12T01:21:00.000Z","calls":1,"clerk":"li","direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:02:00.000Z","line_at":"2026-10-12T01:02:00.000Z","number":"B001","outcome":null,"service":"household","started_at":"2026-10-12T01:21:00.000Z","state":"serving","ticket":"yASvfWQ2pCDb","ticket_class":"walk_in","tie":5242880,"window":"1"}','7e64e1a5c9f67495851e67e8a09c708568e91d8e465134f29ffe528716d273a9','be303257939abc5b5a207773fbb798e0fc5f3818be817c9523fed7f7e97e6e96');
INSERT INTO "events" VALUES('small',25,'2026-10-12T01:21:00.000Z','hold','5d54d514c8d124de','staff:li','yASvfWQ2pCDb','1','{"held_at":null,"state":"serving"}','{"held_at":"2026-10-12T01:21:00.000Z","state":"held"}','{"called_at":"2026-10-12T01:21:00.000Z","calls":1,"clerk":"li","direct_window":null,"finished_at":null,"held_at":"2026-10-12T01:21:00.000Z","held_seconds":0.0,"joined_at":"2026-10-12T01:02:00.000Z","line_at":"2026-10-12T01:02:00.000Z","number":"B001","outcome":null,"service":"household","started_at":"2026-10-12T01:21:00.000Z","state":"held","ticket":"yASvfWQ2pCDb","ticket_class":"walk_in","tie":5242880,"window":"1"}','be303257939abc5b5a207773fbb798e0fc5f3818be817c9523fed7f7e97e6e96','b1ff52fdc7af33cd70d589d4941b947aafe43343df3638a6d05d4bc760860ef2');
INSERT INTO "events" VALUES('small',26,'2026-10-12T01:21:00.000Z','call','fb56aace6441158d','staff:li','dSz57qhMlfkf','1','{"called_at":null,"calls":0,"clerk":null,"state":"waiting","window":null}','{"called_at":"2026-10-12T01:21:00.000Z","calls":1,"clerk":"li","state":"called","window":"1"}','{"called_at":"2026-10-12T01:21:00.000Z","calls":1,"clerk":"li","direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:04:00.000Z","line_at":"2026-10-12T01:04:00.000Z","number":"A003","outcome":null,"service":"id-card","started_at":null,"state":"called","ticket":"dSz57qhMlfkf","ticket_class":"walk_in","tie":7340032,"window":"1"}','b1ff52fdc7af33cd70d589d4941b947aafe43343df3638a6d05d4bc760860ef2','4d62912a91786e5d588ae437101d7aa6de47fe377419717e6faa8fbafbd66540');
INSERT INTO "events" VALUES('small',27,'2026-10-12T01:21:00.000Z','serve','f4181ec29017efac','staff:li','dSz57qhMlfkf','1','{"started_at":null,"state":"called"}','{"started_at":"2026-10-12T01:21:00.000Z","state":"serving"}','{"called_at":"2026-10-12T01:21:00.000Z","calls":1,"clerk":"li","direct_window":null,"finished_at":null,"held_at":null,"held_seconds":0.0,"joined_at":"2026-10-12T01:04:00.000Z","line_at":"2026-10-12T01:04:00.000Z","number":"A003","outcome":null,"service":"id-card","started_at":"2026-10-12T01:21:00.000Z","state":"serving","ticket":"dSz57qhMlfkf","ticket_class":"walk_in","tie":7340032,"window":"1"}','4d62912a91786e5d588ae437101d7aa6de47fe377419717e6faa8fbafbd66540','94d7d42eb0dbf909e56f68bd97415d1623f02762b0ea7895e06f3016b91f50bf');
INSERT INTO "events" VALUES('small',28,'2026-10-12T01:21:00.000Z','pause','eab0b0b3810f7fae','staff:wang',NULL,'3','{"pause_reason":null,"sign":null,"since":"2026-10-12T01:00:00.000Z","state":"open"}','{"pause_reason":"short_break","sign":"paused","since":"2026-10-12T01:21:00.000Z","state":"paused"}','{}','94d7d42eb0dbf909e56f68bd97415d1623f02762b0ea7895e06f3016b91f50bf','f3ff5cbfa9bcffabbc27db9164fd91e7fc00e7a7ad1b94021084170465e5a456');
CREATE TABLE halls (
        hall TEXT PRIMARY KEY, seq INTEGER NOT NULL, head TEXT NOT NULL, last_at TEXT NOT NULL);
INSERT INTO "halls" VALUES('small',28,'f3ff5cbfa9bcffabbc27db9164fd91e7fc00e7a7ad1b94021084170465e5a456','2026-10-12T01:21:00.000Z');
CREATE TABLE numbers (
        hall TEXT NOT NULL, day TEXT NOT NULL, prefix TEXT NOT NULL, last INTEGER NOT NULL,
        PRIMARY KEY (hall, day, prefix));
INSERT INTO "numbers" VALUES('small','2026-10-12','A',3);
INSERT INTO "numbers" VALUES('small','2026-10-12','B',1);
INSERT INTO "numbers" VALUES('small','2026-10-12','D',1);
INSERT INTO "numbers" VALUES('small','2026-10-12','C',1);
INSERT INTO "numbers" VALUES('small','2026-10-12','E',1);
CREATE TABLE pairing_codes (
        hall TEXT NOT NULL,
        code_hash TEXT NOT NULL,
        kind TEXT NOT NULL,
        place TEXT,
        language TEXT,
        expires_at TEXT NOT NULL,
        PRIMARY KEY (hall, code_hash)
    );
INSERT INTO "pairing_codes" VALUES('small','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','board','main',NULL,'2026-10-12T01:10:00.000Z');
CREATE TABLE rating_comments (
        hall TEXT NOT NULL, ticket TEXT NOT NULL, comment TEXT NOT NULL,
        salt TEXT NOT NULL, PRIMARY KEY (hall, ticket));
INSERT INTO "rating_comments" VALUES('small','5JX3NiFbgUWj','两趟都没说清楚。','d13f402e64a7f53827385ce99bef97b1');
CREATE TABLE ratings (
        hall TEXT NOT NULL, ticket TEXT NOT NULL, "window" TEXT NOT NULL, clerk TEXT,
        service TEXT NOT NULL,
        day TEXT NOT NULL, level TEXT NOT NULL, reasons TEXT NOT NULL, channel TEXT NOT NULL,
        at TEXT NOT NULL,
        finished_at TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (hall, ticket));
INSERT INTO "ratings" VALUES('small','5JX3NiFbgUWj','1','li','id-card','2026-10-12','dissatisfied','202','pad','2026-10-12T01:12:00.000Z','2026-10-12T01:12:00.000Z',13);
INSERT INTO "ratings" VALUES('small','1K-9ObFw04TH','3','wang','pension','2026-10-12','very_satisfied','','phone','2026-10-12T01:21:00.000Z','2026-10-12T01:21:00.000Z',17);
CREATE TABLE sessions (
        hall TEXT NOT NULL,
        token_hash TEXT NOT NULL,
        staff TEXT NOT NULL,
        began_at TEXT NOT NULL,
        ends_at TEXT NOT NULL,
        PRIMARY KEY (hall, token_hash),
        FOREIGN KEY (hall, staff) REFERENCES accounts (hall, staff)
    );
INSERT INTO "sessions" VALUES('small','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','admin','2026-10-12T01:00:00.000Z','2026-10-12T15:00:00.000Z');
CREATE TABLE tickets (
        hall TEXT NOT NULL, key TEXT NOT NULL, day TEXT NOT NULL, number TEXT NOT NULL, service TEXT NOT NULL,
        ticket_class TEXT NOT NULL, state TEXT NOT NULL, joined_at TEXT NOT NULL, line_at TEXT NOT NULL,
        tie BIGINT NOT NULL, language TEXT NOT NULL, origin TEXT NOT NULL, "window" TEXT, direct_window TEXT,
        clerk TEXT, outcome TEXT, called_at TEXT, started_at TEXT, held_at TEXT, finished_at TEXT,
        calls INTEGER NOT NULL, reinstated INTEGER NOT NULL, held_seconds DOUBLE PRECISION NOT NULL,
        seq BIGINT NOT NULL, PRIMARY KEY (hall, key));
INSERT INTO "tickets" VALUES('small','qqBIzkeess_t','2026-10-12','A001','id-card','walk_in','no_show','2026-10-12T01:00:00.000Z','2026-10-12T01:00:00.000Z',3145728,'zh_Hans','','1',NULL,'li',NULL,'2026-10-12T01:21:00.000Z',NULL,NULL,NULL,2,0,0.0,20);
INSERT INTO "tickets" VALUES('small','5JX3NiFbgUWj','2026-10-12','A002','id-card','priority','finished','2026-10-12T01:01:00.000Z','2026-10-12T01:01:00.000Z',4194304,'zh_Hans','','1',NULL,'li','done','2026-10-12T01:07:00.000Z','2026-10-12T01:07:00.000Z',NULL,'2026-10-12T01:12:00.000Z',1,0,0.0,12);
INSERT INTO "tickets" VALUES('small','yASvfWQ2pCDb','2026-10-12','B001','household','walk_in','held','2026-10-12T01:02:00.000Z','2026-10-12T01:02:00.000Z',5242880,'zh_Hans','','1',NULL,'li',NULL,'2026-10-12T01:21:00.000Z','2026-10-12T01:21:00.000Z','2026-10-12T01:21:00.000Z',NULL,1,0,0.0,25);
INSERT INTO "tickets" VALUES('small','1K-9ObFw04TH','2026-10-12','D001','pension','walk_in','finished','2026-10-12T01:03:00.000Z','2026-10-12T01:03:00.000Z',6291456,'zh_Hans','','3',NULL,'wang','done','2026-10-12T01:12:00.000Z','2026-10-12T01:12:00.000Z',NULL,'2026-10-12T01:21:00.000Z',1,0,0.0,16);
INSERT INTO "tickets" VALUES('small','dSz57qhMlfkf','2026-10-12','A003','id-card','walk_in','serving','2026-10-12T01:04:00.000Z','2026-10-12T01:04:00.000Z',7340032,'zh_Hans','','1',NULL,'li',NULL,'2026-10-12T01:21:00.000Z','2026-10-12T01:21:00.000Z',NULL,NULL,1,0,0.0,27);
INSERT INTO "tickets" VALUES('small','lM6-qd6Zw7Pu','2026-10-12','C001','residence-permit','walk_in','waiting','2026-10-12T01:05:00.000Z','2026-10-12T01:05:00.000Z',8388608,'zh_Hans','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0.0,8);
INSERT INTO "tickets" VALUES('small','8-BqGMMSufk6','2026-10-12','E001','job-seeker','walk_in','waiting','2026-10-12T01:06:00.000Z','2026-10-12T01:06:00.000Z',9437184,'zh_Hans','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0.0,9);
CREATE TABLE windows (
        hall TEXT NOT NULL, "window" TEXT NOT NULL, state TEXT NOT NULL, clerk TEXT, pause_reason TEXT,
        sign TEXT, sign_window TEXT, since TEXT, PRIMARY KEY (hall, "window"));
INSERT INTO "windows" VALUES('small','1','open','li',NULL,NULL,NULL,'2026-10-12T01:00:00.000Z');
INSERT INTO "windows" VALUES('small','3','paused','wang','short_break','paused',NULL,'2026-10-12T01:21:00.000Z');
CREATE TABLE wrong_tries (
        hall TEXT NOT NULL,
        door TEXT NOT NULL CHECK (door IN ('password', 'code')),
        who TEXT NOT NULL,
        wrong INTEGER NOT NULL,
        blocked_until TEXT NOT NULL,
        tried_at TEXT NOT NULL,
        PRIMARY KEY (hall, door, who)
    );
INSERT INTO "wrong_tries" VALUES('small','password','li@10.0.0.7',2,'','2026-10-12T01:00:00.000Z');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX one_number_a_day ON tickets (hall, day, number);
CREATE UNIQUE INDEX one_ticket_at_a_window ON tickets (hall, "window")
        WHERE state IN ('called', 'serving');
CREATE INDEX lines ON tickets (hall, service, ticket_class, line_at, tie)
        WHERE state = 'waiting' AND direct_window IS NULL;
CREATE INDEX own_lines ON tickets (hall, direct_window, line_at, tie)
        WHERE state = 'waiting' AND direct_window IS NOT NULL;
CREATE INDEX open_tickets ON tickets (hall, state)
        WHERE state IN ('waiting', 'called', 'serving', 'held');
CREATE INDEX calls_by_time ON tickets (hall, called_at) WHERE called_at IS NOT NULL;
CREATE INDEX no_shows_by_day ON tickets (hall, day) WHERE state = 'no_show';
CREATE INDEX clerk_days ON tickets (hall, clerk, day);
CREATE INDEX finished_at_windows ON tickets (hall, "window", finished_at) WHERE state = 'finished';
CREATE INDEX started_at_windows ON tickets (hall, "window", started_at)
        WHERE started_at IS NOT NULL;
CREATE INDEX finished_by_day ON tickets (hall, day, service) WHERE state = 'finished';
CREATE UNIQUE INDEX one_window_a_clerk ON windows (hall, clerk) WHERE clerk IS NOT NULL;
CREATE INDEX presses_at_windows ON events (hall, "window", seq) WHERE ticket IS NOT NULL;
CREATE INDEX ticket_histories ON events (hall, ticket, seq) WHERE ticket IS NOT NULL;
CREATE INDEX old_answers ON answers (hall, at);
CREATE INDEX sessions_by_staff ON sessions (hall, staff);
CREATE INDEX ratings_by_day ON ratings (hall, day);
CREATE INDEX ratings_by_clerk ON ratings (hall, clerk, seq);
COMMIT;
