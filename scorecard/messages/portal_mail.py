"""What the portal's mails say, what is wrong with an address or a setting, and why nothing could be sent."""

from typing import Final

SUBJECT: Final = "社区年度考核门户：有新的事项待您办理"
BODY: Final = """{person}：

{year}年度社区考核门户里，新的待办有：{items}。
请登录后在“消息”里查看：{link}

这封邮件由程序发出，请不要回复；不想收的，请告诉系统管理员。
"""
# What waits, by kind, as `WAITS` has it: how many, and nothing of what it is about.
ITEMS: Final = {
    "file": "待办理的报表{count}份",
    "returned": "退回待更正的报表{count}份",
    "owed": "还没有报送的报表{count}份",
    "absent": "有不涉及申请待批准的报表{count}份",
    "appeal": "待决定的申诉{count}件",
    "propose": "待提意见的延期、重开申请{count}件",
    "grant": "待决定的延期、重开申请{count}件",
    "rate": "还没有评完的部门评议",
    "rated": "社区评部门的进度",
    "opine": "待提意见的建议{count}件",
    "adopt": "待决定的建议{count}件",
    "year": "可以办理的年度步骤{count}项",
}
ADDRESS: Final = (
    "邮箱「{raw}」不能用：请写一个完整的地址，如 name@example.cn，只用字母、数字和常用符号，不带空格、换行。"
)
SETTINGS: Final = {
    "lacking": "邮件的设置不全：还缺环境变量{names}；请补上，或把 SCORECARD_SMTP_URL 去掉、不发邮件。",
    "stray": "设置了{names}，却没有 SCORECARD_SMTP_URL，不知道由哪台邮件服务器发；请补上，或一并去掉。",
    "url": "环境变量 SCORECARD_SMTP_URL 的写法不对：应像 smtp://主机:587 或 smtps://主机:465，"
    "用户名和密码不写在里面，请改正。",
    "from": "环境变量 SCORECARD_MAIL_FROM 不是邮箱地址：应像 name@example.cn，请改正。",
    "portal": "环境变量 SCORECARD_PORTAL_URL 的写法不对：应是大家打开门户的网址，如 https://主机，请改正。",
    "secret_file": "SCORECARD_SMTP_PASSWORD_FILE 指的文件「{path}」读不了（{reason}），请核对路径和权限。",
    "unread": "系统不让读",
    "pair": "SCORECARD_SMTP_USER 和密码（SCORECARD_SMTP_PASSWORD_FILE 或 SCORECARD_SMTP_PASSWORD）"
    "要一起设置，都只用一行英文字符；请改正。",
}
TROUBLE: Final = "{at}邮件没有发出：{reason}"
REASONS: Final = {
    "away": "邮件服务器{server}连不上或中途断开，程序过一会儿再试，请核对地址和网络。",
    "open": "邮件服务器{server}不支持加密（STARTTLS），没有发送，请改用 smtps:// 或支持加密的服务器。",
    "certificate": "邮件服务器{server}的加密连接或证书验不过，没有发送，请核对主机名和端口，"
    "自建证书的设置 SSL_CERT_FILE。",
    "login": "邮件服务器{server}不接受设置的用户名和密码，请核对后重新启动门户。",
    "refused": "邮件服务器{server}拒绝了这次发送（代码{code}），请核对 SCORECARD_MAIL_FROM 和服务器的设置。",
    "recipient": "邮件服务器不收发给{person}的邮件（代码{code}），最多试{most}次，请核对这个账号的邮箱。",
}
