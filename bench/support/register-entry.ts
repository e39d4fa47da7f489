const hosts = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IS IT LV LI LT LU MT NL NO PL PT RO SK SI ES SE'.split(' ')

/** One entry in the published shape and of the usual size; its institution is passported to every country. */
export function registerEntry(index: number, type: string): object {
  const isAgent = type === 'PSD_AG'
  return {
    CA_OwnerID: 'IE_CBI',
    EntityCode: isAgent ? `PSD_PI!IE_CBI!C1!${index}` : `IE_CBI!C${index}`,
    EntityType: type,
    Properties: [
      { ENT_NAT_REF_COD: `C${index}` },
      { ENT_NAM: `Synthetic Payments Number ${index} Limited` },
      { ENT_NAM_COM: [`SynPay ${index}`, `Synthetic ${index}`] },
      { ENT_ADD: `${index} Example Street, Business Park, Building ${index % 90}` },
      { ENT_TOW_CIT_RES: 'Dublin' },
      { ENT_POS_COD: `D${index % 24}` },
      { ENT_COU_RES: 'IE' },
      ...(isAgent
        ? [{ ENT_TYP_PAR_ENT: 'PSD_PI' }, { ENT_COD_PAR_ENT: 'IE_CBI!C1' }, { DER_CHI_ENT_AUT: 'Active' }]
        : [{ ENT_AUT: ['2018-07-02'] }]),
    ],
    Services: isAgent
      ? [{ IE: ['PS_03A', 'PS_05B', 'PS_060'] }]
      : [{ IE: ['PS_070', 'PS_080'] }, ...hosts.map((host) => ({ [host]: ['PS_070', 'PS_080'] }))],
    __EBA_EntityVersion: '20260814223344848',
  }
}
