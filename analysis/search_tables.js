// Gives every table of more than ten rows a search box, columns that sort, and pages. Called with itables' bundle and its styles;
// works from the disk, where a page may not import a neighbouring file, so that the bundle comes as text.
async (bundle, styles) => {
  if (window.searchTables) return;
  window.searchTables = true;
  const LEAST_ROWS = 11;
  const options = {
    order: [],
    autoWidth: false,
    pageLength: 10,
    lengthMenu: [10, 25, 100, { label: "mọi", value: -1 }],
    layout: { topStart: "search", topEnd: "info", bottomStart: "pageLength", bottomEnd: "paging" },
    language: {
      search: "Tìm trong bảng",
      searchPlaceholder: "gõ có dấu hoặc không dấu",
      lengthMenu: "Mỗi trang _MENU_ dòng",
      info: "Dòng _START_–_END_ trên _TOTAL_",
      infoEmpty: "Không có dòng nào",
      infoFiltered: "(tìm trong _MAX_ dòng)",
      emptyTable: "Không có dòng nào",
      zeroRecords: "Không tìm thấy dòng nào",
      thousands: ".", // no decimal: columns are sorted by their data-order, which is no Vietnamese number
      aria: {
        orderable: ": bấm để xếp",
        orderableReverse: ": bấm để xếp ngược lại",
        orderableRemove: ": bấm để bỏ xếp",
        paginate: { first: "Trang đầu", previous: "Trang trước", next: "Trang sau", last: "Trang cuối", number: "Trang " },
      },
    },
  };

  const style = document.createElement("style");
  style.textContent = styles;
  document.head.prepend(style); // the page's own styles come after and win
  const address = URL.createObjectURL(new Blob([bundle], { type: "text/javascript" }));
  const { ITable, jQuery } = await import(address);
  URL.revokeObjectURL(address);

  // "thi dua" finds "thi đua", and "bán" does not find "bàn": a cell is searched in both spellings, what is typed stands as it is.
  // DataTables tells the two apart by a second argument, which only cells come with.
  jQuery.fn.dataTable.util.diacritics((text, ofCell) => {
    const printed = text.normalize("NFC");
    if (ofCell === undefined) return printed;
    const plain = printed.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D");
    return `${printed} ${plain}`;
  });

  const furnished = [];
  const furnish = () =>
    document.querySelectorAll("table.data:not(.dataTable)").forEach((table) => {
      if (table.tBodies[0]?.rows.length >= LEAST_ROWS) furnished.push(new ITable(table, options).dt);
    });

  // On paper every row is there.
  window.addEventListener("beforeprint", () => furnished.forEach((table) => table.page.len(-1).draw()));
  window.addEventListener("afterprint", () => furnished.forEach((table) => table.page.len(options.pageLength).draw()));

  // A notebook shows its tables one after another.
  new MutationObserver(furnish).observe(document.documentElement, { childList: true, subtree: true });
  furnish();
}
