/** 简体中文 */
export const words = Object.freeze({
  keys: {
    title: "键盘快捷键",
    accept: "接受最前面的待确认",
    edit: "改最前面的待确认",
    dismiss: "忽略最前面的待确认",
    undo: "撤销刚才那一下",
    pin: "讲解几号商品",
    next: "讲下一个",
    prompt: "发起扣 1，再按结束",
    flash: "给讲解的商品开秒杀",
    restock: "给讲解的商品补货",
    live: "活动",
    filter: "换弹幕的筛选",
    pause: "弹幕停一停，再按继续",
    before: "上一个板块",
    after: "下一个板块",
    menu: "更多",
    help: "看快捷键",
  },
});
