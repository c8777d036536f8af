/** 简体中文：菜单里的大模型。 */
export const words = Object.freeze({
  llm: {
    name: "大模型",
    asking: "正在看……",
    unknown: "问不到现在的情况，规则照常读评论。",
    none: "没有配置：规则照常读评论",
    off: "关着：规则照常读评论",
    on: "开着，今晚问了 {n} 次",
    onFor: "开着，今晚问了 {n} 次，约 {yuan} 元",
    trouble: "{trouble}，规则照常",
    without: "没有的：拟回答、再看一眼、写口播稿",
    turnOn: "打开",
    turnOff: "关掉",
  },
});
